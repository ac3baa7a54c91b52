"""The candidate's page of a released outcome. Before the release its address is like an unknown one's."""

from flask import render_template

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.outcomes.policy import ResultAct
from panel_app.outcomes.queries.facts import released_of
from panel_app.outcomes.queries.pages import outcome_page
from panel_app.outcomes.views import result_rows
from panel_app.outcomes.views.blueprint import bp


@bp.get("/portfolios/<key:portfolio_key>/outcome")
@allow(Who.SIGNED_IN)
def show(portfolio_key: str) -> str:
    """Result, criteria, feedback, how it was decided, what to do next."""
    must(can(actor(), ResultAct.READ_OWN, portfolio_key))
    facts = released_of(portfolio_key)
    if facts is None:
        raise Refused(NOT_FOUND)
    return render_template("outcomes/show.html", page=result_rows.result(outcome_page(facts)))
