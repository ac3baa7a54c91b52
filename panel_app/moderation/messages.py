"""Mail to moderators: a case needs their answer."""

from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.happenings import on
from panel_app.foundation.outbox.post import post, recipient_of
from panel_app.foundation.times import shown
from panel_app.moderation.happenings import CaseMoved
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.queries.facts import case_standing, has_no_part, moderators_of
from panel_app.moderation.rules import CaseState


@on(CaseMoved)
def tell_moderators(happened: CaseMoved, by: Actor) -> None:
    """Each moderator of the round who has no part in the portfolio, once for each time that the case comes to them."""
    if happened.state != CaseState.WITH_MODERATOR.value:
        return
    case = reading().get_one(ModerationCase, happened.case_id)
    facts = case_standing(case.key)
    assert facts is not None
    for person_id in moderators_of(happened.round_id):
        if not has_no_part(actor_of(person_id), happened.portfolio_id):
            continue
        to = recipient_of(person_id)
        post(
            f"moderation:case:{happened.move_id}:{person_id}",
            "moderation/answer",
            person_id,
            round_id=happened.round_id,
            subject_key=case.key,
            reference=facts.reference,
            due=shown(case.due_at, facts.zone, to.zone if to else None, clock.now()),
            case_key=case.key,
        )
