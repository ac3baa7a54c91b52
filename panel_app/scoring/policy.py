"""Who may do what to a score sheet, by its assignment's key: its writer, while the assignment is theirs.

A later stage adds its ground: a moderator reads the submitted sheets of a case. Nobody else learns that one exists.
What was never submitted a coordinator reads only when it can sway nothing any more: once the portfolio is signed off.
"""

from panel_app.assignment.place_rules import ON_HOLD
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.assignment.rules import AT_WORK_STATES, ENDED_STATES, AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import NOT_FOUND, Act, Allowed, Refusal, Rule, Verdict, can, policy, rule
from panel_app.foundation.words import N_
from panel_app.portfolios.models import AssessmentStatus
from panel_app.portfolios.policy import PortfolioAct
from panel_app.scoring.queries.reports import ReportRow, report_facts


class SheetAct(Act):
    """Acts on the score sheet of one assignment."""

    START = "scoring:start"
    READ = "scoring:read-sheet"
    WRITE = "scoring:write-sheet"
    SUBMIT = "scoring:submit-sheet"
    TAKE_BACK = "scoring:take-back-sheet"
    READ_ENDED = "scoring:read-ended-sheet"
    READ_UNSENT = "scoring:read-unsent-sheet"


class ReportAct(Act):
    """Reports from a sheet: raised and read by the assignment's key, settled by the report's."""

    RAISE = "scoring:raise-report"
    READ = "scoring:read-reports"
    SETTLE = "scoring:settle-report"


S = AssignmentState
WRITABLE = frozenset({S.SCORING, S.REOPENED})
READABLE = WRITABLE | {S.SUBMITTED}
OVER = frozenset({AssessmentStatus.SIGNED_OFF, AssessmentStatus.RELEASED, AssessmentStatus.ENDED})
"""What is said of a portfolio from then on changes nothing about its outcome."""
_NO_PART = N_(
    "You have no more part in this portfolio, so nothing of it is shown or saved. "
    "What you wrote before is kept: you find it under My reviews."
)
_KEPT = N_("This score sheet is submitted, so nothing more is saved. If something must change, ask the coordinator.")
_SAYS = {
    S.OFFERED: N_("Answer the offer first: then you can start."),
    S.ACCEPTED: N_("Start scoring first: the button is on the portfolio's page."),
    S.SCORING: N_("You have started already. Open the score sheet."),
    S.REOPENED: N_("You have started already. Open the score sheet."),
    S.SUBMITTED: _KEPT,
    S.SUSPENDED: ON_HOLD,
    S.CLOSED: N_(
        "Your score sheet is no longer needed: this portfolio has what it needs. "
        "What you wrote is kept: you find it under My reviews."
    ),
    S.EXPIRED: N_("The time to answer has passed, so the place is free for someone else. Nothing is left to do."),
}


def sentence_for(state: AssignmentState) -> str:
    """Why a sheet is shut, or not open yet, in this state; English, marked for translation."""
    return _SAYS.get(state, _NO_PART)


def _while(states: frozenset[AssignmentState]) -> Rule[AssignmentFacts]:
    def test(_actor: Actor, facts: AssignmentFacts) -> Verdict:
        return Allowed() if facts.state in states else Refusal(sentence_for(facts.state), kind="moment")

    return Rule(test)


def _reads_case(actor: Actor, facts: AssignmentFacts) -> Verdict:
    """A coordinator who may see the portfolio: who has or had a part in it, or a conflict, is kept out."""
    return can(actor, PortfolioAct.READ_CASE, facts.portfolio_key)


is_theirs: Rule[AssignmentFacts] = rule(
    lambda actor, facts: actor.member_id is not None and actor.member_id == facts.member_id, NOT_FOUND
)
is_over: Rule[AssignmentFacts] = rule(
    lambda _actor, facts: facts.assessment_status in OVER,
    N_("Words that were not submitted can be read once the portfolio is signed off: until then they could sway it."),
    moment=True,
)
has_ended: Rule[AssignmentFacts] = rule(
    lambda _actor, facts: facts.state in ENDED_STATES,
    N_("This score sheet is its assessor's to write or was submitted, so there is nothing unsent to read."),
    moment=True,
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
        SheetAct.READ_ENDED: is_theirs & _while(ENDED_STATES | {S.SUSPENDED}),
        SheetAct.READ_UNSENT: Rule(_reads_case) & has_ended & is_over,
    },
)


def _sees_case(actor: Actor, facts: ReportRow) -> Verdict:
    """Whoever may see the portfolio's case answers its assessors; who has a part in it may not."""
    return can(actor, PortfolioAct.READ_CASE, facts.portfolio_key)


policy(report_facts, {ReportAct.SETTLE: Rule(_sees_case)})
