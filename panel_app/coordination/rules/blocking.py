"""What blocks a portfolio: the first thing in its way, since when, and where it is mended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from panel_app.assignment.rules import AT_WORK_STATES, LIVE_STATES, AssignmentState
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence, counting
from panel_app.portfolios.models import AssessmentStatus, PortfolioStatus
from panel_app.portfolios.rules.statuses import BEFORE_PROPOSAL


class Place(StrEnum):
    """The page on which the next act waits."""

    CASE = "case"
    ADMIT = "admit"
    PLAN = "plan"
    CONFLICTS = "conflicts"
    OUTCOMES = "outcomes"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class AssignmentFact:
    """One live assignment as the desk sees it; a third assessor's fills none of the places that the round promises."""

    state: AssignmentState
    since: datetime
    answer_by: datetime
    due_at: datetime | None
    is_third: bool = False


@dataclass(frozen=True)
class PortfolioFacts:
    """What is asked about one portfolio. It needs `places` complete sheets, and `signers` signatures."""

    status: PortfolioStatus
    since: datetime
    closes_at: datetime
    assessment: AssessmentStatus | None = None
    assessment_since: datetime | None = None
    held: int = 0
    places: int = 2
    assignments: tuple[AssignmentFact, ...] = field(default=())
    undecided: int = 0
    undecided_since: datetime | None = None
    case_since: datetime | None = None
    case_due: datetime | None = None
    signatures: int = 0
    signers: int = 2
    sign_off_by: datetime | None = None


@dataclass(frozen=True)
class Blocker:
    """Why a portfolio stands where it stands. Tone: bad is stuck, wait is on its way, good and note block nothing."""

    tone: Tone
    text: Sentence
    since: datetime
    place: Place


def blocker(facts: PortfolioFacts, now: datetime) -> Blocker:
    """The first thing in a portfolio's way at `now`: what is stuck before what waits for someone.

    `ranking_queries.py` says which portfolios are stuck or wait in the database's terms; a test compares the two.
    """
    if facts.status is not PortfolioStatus.SUBMITTED or facts.assessment is None:
        return _before_submission(facts, now)
    since = facts.assessment_since or facts.since
    if facts.held and facts.assessment in BEFORE_PROPOSAL:
        text = counting("%(num)s panel copy is held", "%(num)s panel copies are held", facts.held)
        return Blocker(Tone.BAD, text, since, Place.CASE)
    return _in_status(facts.assessment, facts, now, since)


def _in_status(status: AssessmentStatus, facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    match status:
        case AssessmentStatus.PREPARING:
            return Blocker(Tone.NOTE, Sentence(N_("Panel copies are being made")), since, Place.NOWHERE)
        case AssessmentStatus.READY:
            return _ready(facts, now, since)
        case AssessmentStatus.ADMITTED:
            return _findings(facts, since) or Blocker(Tone.WAIT, Sentence(N_("Waits for a plan")), since, Place.PLAN)
        case AssessmentStatus.ASSIGNING | AssessmentStatus.SCORING:
            return _assessing(facts, now, since)
        case AssessmentStatus.MODERATION:
            return _moderating(facts, now, since)
        case AssessmentStatus.PROPOSED:
            return _proposed(facts, now, since)
        case AssessmentStatus.SIGNED_OFF:
            return Blocker(Tone.GOOD, Sentence(N_("Signed off; waits for its release")), since, Place.OUTCOMES)
        case AssessmentStatus.RELEASED:
            return Blocker(Tone.GOOD, Sentence(N_("Released")), since, Place.NOWHERE)
        case AssessmentStatus.ENDED:
            return Blocker(Tone.NOTE, Sentence(N_("Ended")), since, Place.NOWHERE)
        case _:
            assert_never(status)


def _before_submission(facts: PortfolioFacts, now: datetime) -> Blocker:
    if facts.status is PortfolioStatus.DRAFT and now <= facts.closes_at:
        return Blocker(Tone.NOTE, Sentence(N_("Is being written")), facts.since, Place.NOWHERE)
    texts = {
        PortfolioStatus.DRAFT: N_("Was not submitted in time"),
        PortfolioStatus.NOT_SUBMITTED: N_("Was not submitted in time"),
        PortfolioStatus.WITHDRAWN: N_("Was withdrawn by its candidate"),
        PortfolioStatus.VOID: N_("Was declared void"),
        PortfolioStatus.SUBMITTED: N_("Is submitted"),
    }
    return Blocker(Tone.NOTE, Sentence(texts[facts.status]), facts.since, Place.NOWHERE)


def _ready(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    if now <= facts.closes_at:
        return Blocker(Tone.NOTE, Sentence(N_("Ready; its deadline has not passed")), since, Place.NOWHERE)
    return Blocker(Tone.WAIT, Sentence(N_("Ready to be admitted")), facts.closes_at, Place.ADMIT)


def _findings(facts: PortfolioFacts, since: datetime) -> Blocker | None:
    if not facts.undecided:
        return None
    text = counting("%(num)s conflict finding to decide", "%(num)s conflict findings to decide", facts.undecided)
    return Blocker(Tone.WAIT, text, facts.undecided_since or since, Place.CONFLICTS)


def _assessing(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    if stuck := _missing(facts, since) or _stalled(facts, now):
        return stuck
    is_assigning = facts.assessment is AssessmentStatus.ASSIGNING
    if is_assigning and (found := _findings(facts, since)):
        return found
    live = [each for each in facts.assignments if each.state in LIVE_STATES]
    offered = [each for each in live if each.state is AssignmentState.OFFERED]
    if offered:
        text = counting("%(num)s offer is not answered", "%(num)s offers are not answered", len(offered))
        if all(each.is_third for each in offered):
            text = Sentence(N_("A third assessor is asked"))
        return Blocker(Tone.WAIT, text, min(each.since for each in offered), Place.CASE)
    working = [each for each in live if each.state in AT_WORK_STATES]
    if not working:
        resting = Sentence(N_("Score sheets are in; they can be taken back still"))
        return Blocker(Tone.NOTE, resting, since, Place.NOWHERE)
    if all(each.is_third for each in working):
        return Blocker(Tone.NOTE, Sentence(N_("A third assessor is at work")), since, Place.CASE)
    text = counting("%(num)s score sheet to come", "%(num)s score sheets to come", len(working))
    return Blocker(Tone.NOTE, text, since, Place.NOWHERE)


def _missing(facts: PortfolioFacts, since: datetime) -> Blocker | None:
    """While someone is looked for: places that nobody is asked for. On hold is not missing, and is told by itself."""
    live = [each for each in facts.assignments if each.state in LIVE_STATES]
    is_on_hold = any(each.state is AssignmentState.SUSPENDED for each in live)
    if facts.assessment is not AssessmentStatus.ASSIGNING or is_on_hold:
        return None
    is_asked = any(each.state is AssignmentState.OFFERED for each in live)
    missing = max(facts.places - sum(not each.is_third for each in live), 0 if is_asked else 1)
    if not missing:
        return None
    text = counting("%(num)s assessor is missing", "%(num)s assessors are missing", missing)
    return Blocker(Tone.BAD, text, since, Place.PLAN)


def _stalled(facts: PortfolioFacts, now: datetime) -> Blocker | None:
    """Work that is on hold or overdue, in whatever status."""
    on_hold = [each.since for each in facts.assignments if each.state is AssignmentState.SUSPENDED]
    if on_hold:
        return Blocker(Tone.BAD, Sentence(N_("An assessor's work is on hold")), min(on_hold), Place.CASE)
    at_work = [each for each in facts.assignments if each.state in AT_WORK_STATES]
    overdue = [each.due_at for each in at_work if each.due_at and each.due_at < now]
    if not overdue:
        return None
    text = counting("%(num)s score sheet is overdue", "%(num)s score sheets are overdue", len(overdue))
    return Blocker(Tone.BAD, text, min(overdue), Place.CASE)


def _moderating(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    late = facts.case_due is not None and facts.case_due < now
    text = N_("The moderator's answer is overdue") if late else N_("Waits for the moderator's answer")
    waits = Blocker(Tone.BAD if late else Tone.WAIT, Sentence(text), facts.case_since or since, Place.CASE)
    return _stalled(facts, now) or waits


def _proposed(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    if facts.sign_off_by is not None and facts.sign_off_by < now:
        text = counting(
            "%(given)s of %(num)s signature, overdue",
            "%(given)s of %(num)s signatures, overdue",
            facts.signers,
            given=facts.signatures,
        )
        return Blocker(Tone.BAD, text, since, Place.OUTCOMES)
    text = counting(
        "%(given)s of %(num)s signature", "%(given)s of %(num)s signatures", facts.signers, given=facts.signatures
    )
    return Blocker(Tone.WAIT, text, since, Place.OUTCOMES)
