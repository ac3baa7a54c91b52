"""What blocks a portfolio: the first thing in its way, since when, and where it is mended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from panel_app.assignment.rules import AT_WORK_STATES, LIVE_STATES, AssignmentState
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence, counting
from panel_app.moderation.rules import CaseState
from panel_app.portfolios.models import AssessmentStatus, PortfolioStatus


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
    """One live assignment as the desk sees it."""

    state: AssignmentState
    since: datetime
    answer_by: datetime
    due_at: datetime | None


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
    case: CaseState | None = None
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
    """The first thing in a portfolio's way at `now`."""
    if facts.status is not PortfolioStatus.SUBMITTED or facts.assessment is None:
        return _before_submission(facts, now)
    since = facts.assessment_since or facts.since
    if facts.assessment in (AssessmentStatus.PREPARING, AssessmentStatus.READY):
        return _preparing(facts, now, since)
    if facts.undecided and facts.assessment in (AssessmentStatus.ADMITTED, AssessmentStatus.ASSIGNING):
        text = counting("%(num)s conflict finding to decide", "%(num)s conflict findings to decide", facts.undecided)
        return Blocker(Tone.WAIT, text, facts.undecided_since or since, Place.CONFLICTS)
    if facts.assessment is AssessmentStatus.ADMITTED:
        return Blocker(Tone.WAIT, Sentence(N_("Waits for a plan")), since, Place.PLAN)
    if facts.assessment in (AssessmentStatus.ASSIGNING, AssessmentStatus.SCORING):
        return _assessing(facts, now, since)
    if facts.assessment is AssessmentStatus.MODERATION:
        return _moderating(facts, now, since)
    return _deciding(facts, now, since)


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


def _preparing(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    if facts.held:
        text = counting("%(num)s panel copy is held", "%(num)s panel copies are held", facts.held)
        return Blocker(Tone.BAD, text, since, Place.CASE)
    if facts.assessment is AssessmentStatus.PREPARING:
        return Blocker(Tone.NOTE, Sentence(N_("Panel copies are being made")), since, Place.NOWHERE)
    if now <= facts.closes_at:
        return Blocker(Tone.NOTE, Sentence(N_("Ready; its deadline has not passed")), since, Place.NOWHERE)
    return Blocker(Tone.WAIT, Sentence(N_("Ready to be admitted")), facts.closes_at, Place.ADMIT)


def _assessing(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    live = [each for each in facts.assignments if each.state in LIVE_STATES]
    suspended = [each for each in live if each.state is AssignmentState.SUSPENDED]
    if suspended:
        return Blocker(Tone.BAD, Sentence(N_("An assessor's work is on hold")), suspended[0].since, Place.CASE)
    missing = facts.places - len(live)
    if missing > 0:
        text = counting("%(num)s assessor is missing", "%(num)s assessors are missing", missing)
        return Blocker(Tone.BAD, text, since, Place.PLAN)
    overdue = [each.due_at for each in live if each.state in AT_WORK_STATES and each.due_at and each.due_at < now]
    if overdue:
        text = counting("%(num)s score sheet is overdue", "%(num)s score sheets are overdue", len(overdue))
        return Blocker(Tone.BAD, text, min(overdue), Place.CASE)
    offered = [each for each in live if each.state is AssignmentState.OFFERED]
    if offered:
        text = counting("%(num)s offer is not answered", "%(num)s offers are not answered", len(offered))
        return Blocker(Tone.WAIT, text, min(each.since for each in offered), Place.CASE)
    working = [each for each in live if each.state in AT_WORK_STATES]
    if not working:
        resting = Sentence(N_("Score sheets are in; they can be taken back still"))
        return Blocker(Tone.NOTE, resting, since, Place.NOWHERE)
    text = counting("%(num)s score sheet to come", "%(num)s score sheets to come", len(working))
    return Blocker(Tone.NOTE, text, since, Place.NOWHERE)


def _moderating(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    if facts.case is CaseState.WITH_THIRD:
        blocked = _assessing(facts, now, facts.case_since or since)
        is_asked = any(each.state is AssignmentState.OFFERED for each in facts.assignments)
        third = Sentence(N_("A third assessor is asked") if is_asked else N_("A third assessor is at work"))
        return blocked if blocked.tone is Tone.BAD else Blocker(Tone.WAIT, third, facts.case_since or since, Place.CASE)
    late = facts.case_due is not None and facts.case_due < now
    text = N_("The moderator's answer is overdue") if late else N_("Waits for the moderator's answer")
    return Blocker(Tone.BAD if late else Tone.WAIT, Sentence(text), facts.case_since or since, Place.CASE)


def _deciding(facts: PortfolioFacts, now: datetime, since: datetime) -> Blocker:
    if facts.assessment is AssessmentStatus.PROPOSED:
        late = facts.sign_off_by is not None and facts.sign_off_by < now
        text = counting(
            "%(given)s of %(num)s signature", "%(given)s of %(num)s signatures", facts.signers, given=facts.signatures
        )
        if late:
            text = counting(
                "%(given)s of %(num)s signature, overdue",
                "%(given)s of %(num)s signatures, overdue",
                facts.signers,
                given=facts.signatures,
            )
        return Blocker(Tone.BAD if late else Tone.WAIT, text, since, Place.OUTCOMES)
    if facts.assessment is AssessmentStatus.SIGNED_OFF:
        return Blocker(Tone.GOOD, Sentence(N_("Signed off; waits for its release")), since, Place.OUTCOMES)
    if facts.assessment is AssessmentStatus.RELEASED:
        return Blocker(Tone.GOOD, Sentence(N_("Released")), since, Place.NOWHERE)
    return Blocker(Tone.NOTE, Sentence(N_("Ended")), since, Place.NOWHERE)
