"""The release of a round's outcomes: prepared by a person, done by the scheduler at its time, each outcome once."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.batches import AT_ONCE
from panel_app.foundation.database import locked, reading, transaction
from panel_app.foundation.happenings import on, record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_
from panel_app.moderation.queries.facts import independent_of
from panel_app.moderation.services.moving import hold
from panel_app.outcomes.happenings import OutcomeReleased, ReleaseDone, ReleaseMoved, ReleasePrepared
from panel_app.outcomes.models import Outcome, Release
from panel_app.outcomes.policy import ReleaseAct
from panel_app.outcomes.rules import OUTCOME, OutcomeState, OutcomeStep
from panel_app.outcomes.services.proposing import about
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.rules.statuses import AssessmentStep
from panel_app.portfolios.services import advance
from panel_app.programmes.happenings import DatesMoved
from panel_app.programmes.models import Round

NOTHING_READY = N_("No outcome is signed off that isn't prepared already. Come back once one is.")


def prepare_release(actor: Actor, round_key: str) -> int:
    """Let everything that is signed off in the round leave at its release date; gives how many were added.

    What the actor may not see (a conflict, a part in it) is left for another coordinator. A release that waits
    already takes them in. After the date it leaves at once, with the next pass of the scheduler. Raises Refused.

    One act at any size: it is one person's decision about what is signed off at this moment, kept with its number,
    and of each outcome it writes a single mark: nothing is told and no status moves.
    """
    with transaction() as db:
        round_ = locked(db, Round, key=round_key)
        must(can(actor, ReleaseAct.PREPARE, round_key))
        if round_ is None:
            raise Refused(NOT_FOUND)
        ready = _ready(db, round_.id, actor)
        if not ready:
            raise Refused(NOTHING_READY, moment=True)
        release = _waiting(db, round_, actor)
        for outcome in ready:
            outcome.release_id = release.id
        db.flush()
        record(
            ReleasePrepared(
                release_id=release.id,
                round_id=round_.id,
                number=release.number,
                count=len(ready),
                due_at=release.due_at.isoformat(),
            ),
            by=actor,
        )
        return len(ready)


def _ready(db: Session, round_id: int, actor: Actor) -> list[Outcome]:
    """Signed off and not prepared, each with its assessment locked before it."""
    query = (
        select(Assessment.id)
        .join(Outcome, Outcome.assessment_id == Assessment.id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .where(Portfolio.round_id == round_id, Outcome.state == OutcomeState.SIGNED_OFF, Outcome.release_id.is_(None))
        .where(*independent_of(actor))
        .order_by(Assessment.id)
    )
    ids = db.scalars(query).all()
    db.execute(select(Assessment.id).where(Assessment.id.in_(ids)).order_by(Assessment.id).with_for_update()).all()
    rows = select(Outcome).where(Outcome.assessment_id.in_(ids), Outcome.state == OutcomeState.SIGNED_OFF)
    fresh = rows.where(Outcome.release_id.is_(None)).order_by(Outcome.assessment_id).with_for_update()
    return list(db.scalars(fresh.execution_options(populate_existing=True)))


def _waiting(db: Session, round_: Round, actor: Actor) -> Release:
    """The round's release that is not done yet, or a new one."""
    now = clock.now()
    found = db.scalars(select(Release).filter_by(round_id=round_.id, done_at=None).with_for_update()).one_or_none()
    if found is None:
        last = db.scalar(select(func.max(Release.number)).filter_by(round_id=round_.id))
        found = Release(round_id=round_.id, number=(last or 0) + 1, due_at=max(round_.release_at, now), count=0)
        db.add(found)
    found.prepared_by_id, found.prepared_at = actor.person_id, now
    db.flush()
    return found


@on(DatesMoved)
def follow_release_date(happened: DatesMoved, by: Actor) -> None:
    """A prepared release follows the round's date, which moved with a reason and a message to everybody."""
    with transaction() as db:
        query = select(Release).filter_by(round_id=happened.round_id, done_at=None).with_for_update()
        release = db.scalars(query.execution_options(populate_existing=True)).one_or_none()
        release_at = db.execute(select(Round.release_at).where(Round.id == happened.round_id)).scalar_one()
        if release is not None and release.due_at != release_at:
            release.due_at = release_at
            db.flush()
            moved = ReleaseMoved(release_id=release.id, round_id=release.round_id, due_at=release_at.isoformat())
            record(moved, by=by)


def release_due() -> int:
    """Do every release whose time has come; gives how many outcomes left. Many schedulers may call it at once.

    What is due is found by looking, so that a stop loses nothing.
    """
    due = select(Release.id).where(Release.done_at.is_(None), Release.due_at <= clock.now()).order_by(Release.id)
    return sum(release(each) for each in reading().scalars(due).all())


def release(release_id: int, most: int = AT_ONCE) -> int:
    """Release what was prepared and is still signed off, in acts of `most` outcomes; gives how many left here.

    Midway each candidate reads all of their own result (status, page and message are of one act) or nothing of it;
    nobody reads two, so that some come seconds later tells nothing. The coordinator's page counts those that are out,
    and the release stands as waiting until the last: whoever looks next goes on with the rest.
    """
    left, is_done = 0, False
    while not is_done:
        number, is_done = release_some(release_id, most)
        left += number
    return left


def release_some(release_id: int, most: int) -> tuple[int, bool]:
    """One act of a release: the next outcomes, at most so many, and with the last of them the release is done.

    Gives how many left, and whether nothing is left to do. The row of the release is locked: schedulers take turns.
    """
    with transaction() as db:
        row = locked(db, Release, id=release_id)
        if row is None or row.done_at is not None or row.due_at > clock.now():
            return 0, True
        ids = _next(db, row.id, most)
        outcomes = _still_prepared(db, row.id, ids)
        for outcome in outcomes:
            _release_one(db, outcome, row.id)
        is_done = len(ids) < most
        if is_done:
            _finish(db, row)
        return len(outcomes), is_done


def _next(db: Session, release_id: int, most: int) -> Sequence[int]:
    """The ids of the assessments whose outcomes wait for this release, in order."""
    waiting = select(Outcome.assessment_id).filter_by(release_id=release_id, state=OutcomeState.SIGNED_OFF)
    return db.scalars(waiting.order_by(Outcome.assessment_id).limit(most)).all()


def _still_prepared(db: Session, release_id: int, ids: Sequence[int]) -> list[Outcome]:
    """The outcomes of these assessments, each assessment locked before; what was sent back meanwhile is left out."""
    db.execute(select(Assessment.id).where(Assessment.id.in_(ids)).order_by(Assessment.id).with_for_update()).all()
    rows = select(Outcome).filter_by(release_id=release_id, state=OutcomeState.SIGNED_OFF)
    rows = rows.where(Outcome.assessment_id.in_(ids)).order_by(Outcome.assessment_id).with_for_update()
    return list(db.scalars(rows.execution_options(populate_existing=True)))


def _finish(db: Session, row: Release) -> None:
    released = select(func.count()).select_from(Outcome).filter_by(release_id=row.id, state=OutcomeState.RELEASED)
    row.done_at, row.count = clock.now(), db.execute(released).scalar_one()
    db.flush()
    record(ReleaseDone(release_id=row.id, round_id=row.round_id, number=row.number, count=row.count), by=SYSTEM)


def _release_one(db: Session, outcome: Outcome, release_id: int) -> None:
    place = hold(db, outcome.assessment_id)
    outcome.state = OUTCOME.after(OutcomeStep.RELEASE, outcome.state)
    outcome.state_since = outcome.released_at = clock.now()
    db.flush()
    advance(place.assessment_id, AssessmentStep.RELEASE, by=SYSTEM)
    record(OutcomeReleased(**about(outcome, place), release_id=release_id), by=SYSTEM)
