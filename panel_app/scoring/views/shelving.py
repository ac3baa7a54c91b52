"""What tells a device whose an answer is and how long it may keep it. An account's sign tells of no person."""

from flask import Response, current_app, make_response
from itsdangerous import Signer

from panel_app.assignment.queries.standing import AssignmentFacts
from panel_app.foundation.actors import actor
from panel_app.foundation.web.pages import Answer
from panel_app.scoring.queries.offline import round_end
from panel_app.scoring.views.blueprint import bp

ACCOUNT = "X-Panel-Account"
KEEP = "X-Panel-Keep-Until"


@bp.after_app_request
def name_account(answer: Response) -> Response:
    """Mark each answer to a person with a sign of their account: a device keeps for one account alone.

    What lies there for another is erased at the first answer with a different sign.
    """
    if actor().signed_in:
        answer.headers[ACCOUNT] = account_sign()
    return answer


def account_sign() -> str:
    """The sign of the signed-in account: the same for as long as the key of the installation is."""
    signer = Signer(current_app.config["SECRET_KEY"], salt="scoring.account")
    return signer.get_signature(str(actor().person_id)).decode()


def keepable(answer: Answer, facts: AssignmentFacts) -> Response:
    """A sheet's page that a device may keep until the round ends."""
    made = make_response(answer)
    made.headers[KEEP] = round_end(facts.id).isoformat()
    return made
