"""Who may do what to a score sheet, by its assignment's key: its writer, while the assignment is theirs.

A later stage adds its ground: a moderator reads the submitted sheets of a case. Nobody else learns that one exists.
"""

from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.assignment.rules import AT_WORK_STATES, AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import NOT_FOUND, Act, Allowed, Refusal, Rule, Verdict, can, policy, rule
from panel_app.foundation.words import N_
from panel_app.portfolios.policy import PortfolioAct
from panel_app.scoring.queries.reports import ReportRow, report_facts


class SheetAct(Act):
    """Acts on the score sheet of one assignment."""

    START = "scoring:start"
    READ = "scoring:read-sheet"
    WRITE = "scoring:write-sheet"
    SUBMIT = "scoring:submit-sheet"
    TAKE_BACK = "scoring:take-back-sheet"


class ReportAct(Act):
    """Reports from a sheet: raised and read by the assignment's key, settled by the report's."""

    RAISE = "scoring:raise-report"
    READ = "scoring:read-reports"
    SETTLE = "scoring:settle-report"


S = AssignmentState
WRITABLE = frozenset({S.SCORING, S.REOPENED})
READABLE = WRITABLE | {S.SUBMITTED}
_NO_PART = N_("You have no more part in this portfolio, so nothing of it is shown or saved.")
_KEPT = N_("This score sheet is submitted, so nothing more is saved. If something must change, ask the coordinator.")
_SAYS = {
    S.OFFERED: N_("Answer the offer first: then you can start."),
    S.ACCEPTED: N_("Start scoring first: the button is on the portfolio's page."),
    S.SCORING: N_("You have started already. Open the score sheet."),
    S.REOPENED: N_("You have started already. Open the score sheet."),
    S.SUBMITTED: _KEPT,
    S.SUSPENDED: N_(
        "This portfolio is on hold for you while the coordinator looks at something. Your text is kept; you will hear."
    ),
    S.CLOSED: N_("Your score sheet is no longer needed: this portfolio has what it needs. What you wrote is kept."),
    S.EXPIRED: N_("The time to answer has passed, and somebody else is asked. There is nothing to do for you."),
}


def sentence_for(state: AssignmentState) -> str:
    """Why a sheet is shut, or not open yet, in this state; English, marked for translation."""
    return _SAYS.get(state, _NO_PART)


def _while(states: frozenset[AssignmentState]) -> Rule[AssignmentFacts]:
    def test(_actor: Actor, facts: AssignmentFacts) -> Verdict:
        return Allowed() if facts.state in states else Refusal(sentence_for(facts.state), kind="moment")

    return Rule(test)


is_theirs: Rule[AssignmentFacts] = rule(
    lambda actor, facts: actor.member_id is not None and actor.member_id == facts.member_id, NOT_FOUND
)

policy(
    assignment_facts,
    {
        ReportAct.RAISE: is_theirs & _while(AT_WORK_STATES),
        ReportAct.READ: is_theirs & _while(AT_WORK_STATES | {S.SUBMITTED, S.SUSPENDED}),
        SheetAct.START: is_theirs & _while(frozenset({S.ACCEPTED})),
        SheetAct.READ: is_theirs & _while(READABLE),
        SheetAct.WRITE: is_theirs & _while(WRITABLE),
        SheetAct.SUBMIT: is_theirs & _while(WRITABLE),
        SheetAct.TAKE_BACK: is_theirs & _while(frozenset({S.SUBMITTED})),
    },
)


def _sees_case(actor: Actor, facts: ReportRow) -> Verdict:
    """Whoever may see the portfolio's case answers its assessors (design 3 keeps out those with a part in it)."""
    return can(actor, PortfolioAct.READ_CASE, facts.portfolio_key)


policy(report_facts, {ReportAct.SETTLE: Rule(_sees_case)})
