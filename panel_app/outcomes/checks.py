"""What must hold of outcomes, checked by `panel check`, one query each."""

from collections.abc import Iterator

from sqlalchemy import String, cast, func, literal, select

from panel_app.assignment.models import Assignment
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.moderation.models import CaseMove, ModerationCase
from panel_app.moderation.rules import CaseAct
from panel_app.outcomes.models import Outcome, OutcomeCriterion, Release, Signature
from panel_app.outcomes.rules import OutcomeState
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.programmes.models import Round
from panel_app.programmes.queries import promised

STATUSES = {
    OutcomeState.PROPOSED: AssessmentStatus.PROPOSED,
    OutcomeState.SIGNED_OFF: AssessmentStatus.SIGNED_OFF,
    OutcomeState.RELEASED: AssessmentStatus.RELEASED,
}


@invariant("outcomes.status")
def status_follows_outcome() -> Iterator[str]:
    """An assessment stands at proposed, signed off or released exactly when its outcome does."""
    alive = (Outcome.assessment_id == Assessment.id) & (Outcome.state != OutcomeState.DROPPED)
    rows = reading().execute(
        select(Assessment.key, Assessment.status, Outcome.state)
        .outerjoin(Outcome, alive)
        .where((Outcome.id.is_not(None)) | Assessment.status.in_(STATUSES.values()))
    )
    for key, status, state in rows:
        if STATUSES.get(state) is not status:
            yield f"assessment {key} is {status}, its outcome is {state or 'missing'}"


@invariant("outcomes.signatures")
def signatures_suffice() -> Iterator[str]:
    """What is signed off or released has as many signatures as its round promises; what is proposed has fewer."""
    signed = select(func.count()).select_from(Signature).where(Signature.outcome_id == Outcome.id).scalar_subquery()
    rows = (
        reading()
        .execute(
            select(Outcome.key, Outcome.state, signed, Portfolio.round_id)
            .join(Assessment, Assessment.id == Outcome.assessment_id)
            .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
            .where(Outcome.state != OutcomeState.DROPPED)
        )
        .all()
    )
    needed = {round_id: promised(round_id).signers_needed for round_id in {row.round_id for row in rows}}
    for key, state, count, round_id in rows:
        if (state is OutcomeState.PROPOSED) != (count < needed[round_id]):
            yield f"outcome {key} is {state}, its signatures: {count} of {needed[round_id]}"


@invariant("outcomes.separation")
def signer_had_no_other_part() -> Iterator[str]:
    """Nobody signed what they were asked to assess, or what they moderated."""
    assessed = (
        select(Outcome.key)
        .join(Signature, Signature.outcome_id == Outcome.id)
        .join(Assignment, Assignment.assessment_id == Outcome.assessment_id)
        .join(Member, Member.id == Assignment.member_id)
        .where(Member.person_id == Signature.person_id)
    )
    moderated = (
        select(Outcome.key)
        .join(Signature, Signature.outcome_id == Outcome.id)
        .join(ModerationCase, ModerationCase.assessment_id == Outcome.assessment_id)
        .join(CaseMove, CaseMove.case_id == ModerationCase.id)
        .where(CaseMove.by_id == Signature.person_id, CaseMove.act == CaseAct.ANSWER)
    )
    yield from (
        f"outcome {key} was signed by one who had a part" for key in reading().scalars(assessed.union(moderated))
    )


@invariant("outcomes.embargo")
def released_at_its_time() -> Iterator[str]:
    """Nothing was released before its round's date."""
    rows = reading().execute(
        select(Outcome.key)
        .join(Release, Release.id == Outcome.release_id)
        .where(Outcome.state == OutcomeState.RELEASED)
        .where(Outcome.released_at < Release.due_at)
    )
    yield from (f"outcome {key} is released, its release was not due" for (key,) in rows)


@invariant("outcomes.release_whole")
def done_release_left_nothing_behind() -> Iterator[str]:
    """A release that is done has released all that was prepared for it, and counts it."""
    mine = select(func.count()).select_from(Outcome).where(Outcome.release_id == Release.id)
    all_of_it = mine.scalar_subquery()
    released = mine.where(Outcome.state == OutcomeState.RELEASED).scalar_subquery()
    rows = reading().execute(
        select(Release.key, Release.count, released)
        .where(Release.done_at.is_not(None))
        .where((Release.count != released) | (released != all_of_it))
    )
    for key, counted, found in rows:
        yield f"release {key} is done and counts {counted}; {found} of what was prepared for it are released"


@invariant("outcomes.messages")
def released_has_message() -> Iterator[str]:
    """Every released outcome has its one message to the candidate."""
    occasion = literal("outcomes:released:") + cast(Outcome.id, String)
    rows = reading().execute(
        select(Outcome.key)
        .outerjoin(Notification, Notification.occasion == occasion)
        .where(Outcome.state == OutcomeState.RELEASED, Notification.id.is_(None))
    )
    yield from (f"outcome {key} is released and its candidate was not told" for (key,) in rows)


@invariant("outcomes.criteria")
def refer_names_criteria() -> Iterator[str]:
    """A refer names at least one criterion that was not struck; nothing else names any."""
    named = (
        select(func.count())
        .select_from(OutcomeCriterion)
        .where(OutcomeCriterion.outcome_id == Outcome.id)
        .where(OutcomeCriterion.is_referred, OutcomeCriterion.struck_by_id.is_(None))
        .scalar_subquery()
    )
    rows = reading().execute(select(Outcome.key, Outcome.result, named))
    yield from (
        f"outcome {key} is a {result}, the criteria it names: {count}"
        for key, result, count in rows
        if (result.value == "refer") != bool(count)
    )


@invariant("outcomes.release_date")
def waiting_release_follows_round() -> Iterator[str]:
    """A release that waits is due when its round says, or later."""
    rows = reading().execute(
        select(Release.key, Round.code)
        .join(Round, Round.id == Release.round_id)
        .where(Release.done_at.is_(None), Release.due_at < Round.release_at)
    )
    yield from (f"release {key} of {code} is due before the round's date" for key, code in rows)
