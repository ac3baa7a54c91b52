"""What blocks a portfolio: one sentence for each way in which it can stand still."""

from datetime import UTC, datetime, timedelta

import pytest

from panel_app.assignment.rules import AssignmentState
from panel_app.coordination.rules.blocking import AssignmentFact, Place, PortfolioFacts, blocker
from panel_app.foundation.states import Tone
from panel_app.portfolios.models import AssessmentStatus, PortfolioStatus

NOW = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSED, OPEN = NOW - 10 * DAY, NOW + 10 * DAY


def facts(status: PortfolioStatus = PortfolioStatus.SUBMITTED, **changes: object) -> PortfolioFacts:
    given = {"since": NOW - 20 * DAY, "closes_at": CLOSED, "assessment_since": NOW - 5 * DAY, **changes}
    return PortfolioFacts(status=status, **given)  # type: ignore[arg-type]  # each case names what it changes


def held(state: AssignmentState, due: datetime = NOW + DAY, *, third: bool = False) -> AssignmentFact:
    return AssignmentFact(state, NOW - 2 * DAY, NOW + DAY, due, third)


S, A = AssignmentState, AssessmentStatus
AT_WORK = (held(S.SCORING), held(S.ACCEPTED))
BOTH_IN = (held(S.SUBMITTED), held(S.SUBMITTED))

CASES = [
    (facts(PortfolioStatus.DRAFT, closes_at=OPEN), Tone.NOTE, "Is being written", Place.NOWHERE),
    (facts(PortfolioStatus.DRAFT), Tone.NOTE, "Was not submitted in time", Place.NOWHERE),
    (facts(PortfolioStatus.NOT_SUBMITTED), Tone.NOTE, "Was not submitted in time", Place.NOWHERE),
    (facts(PortfolioStatus.WITHDRAWN), Tone.NOTE, "Was withdrawn by its candidate", Place.NOWHERE),
    (facts(PortfolioStatus.VOID), Tone.NOTE, "Was declared void", Place.NOWHERE),
    (facts(), Tone.NOTE, "Is submitted", Place.NOWHERE),
    (facts(assessment=A.PREPARING, held=2), Tone.BAD, "2 panel copies are held", Place.CASE),
    (facts(assessment=A.PREPARING), Tone.NOTE, "Panel copies are being made", Place.NOWHERE),
    (facts(assessment=A.READY, closes_at=OPEN), Tone.NOTE, "Ready; its deadline has not passed", Place.NOWHERE),
    (facts(assessment=A.READY), Tone.WAIT, "Ready to be admitted", Place.ADMIT),
    (facts(assessment=A.ADMITTED, undecided=3), Tone.WAIT, "3 conflict findings to decide", Place.CONFLICTS),
    (facts(assessment=A.ADMITTED), Tone.WAIT, "Waits for a plan", Place.PLAN),
    (facts(assessment=A.ASSIGNING), Tone.BAD, "2 assessors are missing", Place.PLAN),
    (facts(assessment=A.ASSIGNING, assignments=(held(S.OFFERED),)), Tone.BAD, "1 assessor is missing", Place.PLAN),
    (
        facts(assessment=A.ASSIGNING, assignments=(held(S.OFFERED), held(S.ACCEPTED))),
        Tone.WAIT,
        "1 offer is not answered",
        Place.CASE,
    ),
    (facts(assessment=A.SCORING, assignments=AT_WORK), Tone.NOTE, "2 score sheets to come", Place.NOWHERE),
    (
        facts(assessment=A.SCORING, assignments=(held(S.SCORING, NOW - DAY), held(S.SUBMITTED))),
        Tone.BAD,
        "1 score sheet is overdue",
        Place.CASE,
    ),
    (
        facts(assessment=A.SCORING, assignments=(held(S.SUSPENDED), held(S.SUBMITTED))),
        Tone.BAD,
        "An assessor's work is on hold",
        Place.CASE,
    ),
    (
        facts(assessment=A.SCORING, assignments=(*BOTH_IN, held(S.ACCEPTED, third=True))),
        Tone.NOTE,
        "A third assessor is at work",
        Place.CASE,
    ),
    (facts(assessment=A.ASSIGNING, assignments=BOTH_IN), Tone.BAD, "1 assessor is missing", Place.PLAN),
    (
        facts(assessment=A.ASSIGNING, assignments=(held(S.SUBMITTED), held(S.OFFERED, third=True))),
        Tone.BAD,
        "1 assessor is missing",
        Place.PLAN,
    ),
    (
        facts(assessment=A.ASSIGNING, undecided=1, assignments=(held(S.OFFERED), held(S.ACCEPTED))),
        Tone.WAIT,
        "1 conflict finding to decide",
        Place.CONFLICTS,
    ),
    (facts(assessment=A.ASSIGNING, undecided=1), Tone.BAD, "2 assessors are missing", Place.PLAN),
    (facts(assessment=A.SCORING, held=1, assignments=AT_WORK), Tone.BAD, "1 panel copy is held", Place.CASE),
    (
        facts(assessment=A.MODERATION, assignments=(*BOTH_IN, held(S.SUSPENDED, third=True))),
        Tone.BAD,
        "An assessor's work is on hold",
        Place.CASE,
    ),
    (facts(assessment=A.MODERATION), Tone.WAIT, "Waits for the moderator's answer", Place.CASE),
    (
        facts(assessment=A.MODERATION, case_due=NOW - DAY),
        Tone.BAD,
        "The moderator's answer is overdue",
        Place.CASE,
    ),
    (facts(assessment=A.PROPOSED, signatures=1), Tone.WAIT, "1 of 2 signatures", Place.OUTCOMES),
    (
        facts(assessment=A.PROPOSED, signatures=1, sign_off_by=NOW - DAY),
        Tone.BAD,
        "1 of 2 signatures, overdue",
        Place.OUTCOMES,
    ),
    (
        facts(assessment=A.ASSIGNING, assignments=(*BOTH_IN, held(S.OFFERED, third=True))),
        Tone.WAIT,
        "A third assessor is asked",
        Place.CASE,
    ),
    (facts(assessment=A.SIGNED_OFF), Tone.GOOD, "Signed off; waits for its release", Place.OUTCOMES),
    (facts(assessment=A.RELEASED), Tone.GOOD, "Released", Place.NOWHERE),
    (facts(assessment=A.ENDED), Tone.NOTE, "Ended", Place.NOWHERE),
]


@pytest.mark.parametrize(("given", "tone", "text", "place"), CASES, ids=[case[2] for case in CASES])
def test_portfolio_says_what_blocks_it(given: PortfolioFacts, tone: Tone, text: str, place: Place) -> None:
    found = blocker(given, NOW)

    assert (found.tone, str(found.text), found.place) == (tone, text, place)


def test_every_status_of_an_assessment_is_among_the_cases() -> None:
    assert {given.assessment for given, *_ in CASES} == {None, *AssessmentStatus}


def test_overdue_since_the_earliest_missed_date() -> None:
    late = (held(S.SCORING, NOW - 3 * DAY), held(S.SCORING, NOW - DAY))

    assert blocker(facts(assessment=A.SCORING, assignments=late), NOW).since == NOW - 3 * DAY
