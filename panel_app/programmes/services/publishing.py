"""Publishing and ending rounds, and new versions of the working policy."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

import rfc8785
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_
from panel_app.programmes import queries
from panel_app.programmes.happenings import RoundEnded, RoundPublished, WorkingPolicyChanged
from panel_app.programmes.models import Round, WorkingVersion
from panel_app.programmes.policy import RoundAct
from panel_app.programmes.rules.policies import WorkingPolicy, changed
from panel_app.programmes.rules.states import ROUND, RoundMove

AT_PUBLICATION = N_("As published.")


def publish_round(actor: Actor, round_key: str) -> queries.RoundView:
    """Publish a draft: pin its rubric and write its policies out, every default made explicit.

    From then on rubric, zone and promise can't change, also by SQL. Raises Refused for who may not, for a round that
    is no draft, and for one whose closing time has passed.
    """
    with transaction() as db:
        row = locked(db, Round, key=round_key)
        must(can(actor, RoundAct.PUBLISH, round_key))
        assert row is not None
        if row.closes_at <= clock.now():
            raise Refused(N_("The closing time has passed. Choose later dates, then publish."), moment=True)
        promise, working = queries.planned(row.id)
        text = rfc8785.dumps(promise.block()).decode()  # type: ignore[arg-type]  # read() has checked every value
        row.promise, row.promise_hash = text, hashlib.sha256(text.encode()).hexdigest()
        row.state = ROUND.after(RoundMove.PUBLISH, row.state)
        db.flush()
        _add_version(db, actor, row.id, working, AT_PUBLICATION, clock.now())
        record(RoundPublished(round_id=row.id, promise_hash=row.promise_hash), by=actor)
        return queries.round_by_id(row.id)


def change_working_policy(
    actor: Actor,
    round_key: str,
    changes: Mapping[str, object],
    reason: str,
    effective_at: datetime | None = None,
) -> int:
    """Add a version of the working policy and return its number; it holds from `effective_at` (now by default).

    `changes`: top entries of the policy's JSON; blocks are joined by key. Raises Refused for who may not, without a
    reason, for what the policy doesn't know, and for an instant in the past: what was opened or sent stays.
    """
    at = effective_at or clock.now()
    if not reason.strip():
        raise Refused(N_("Give a reason: it is kept with the new version."), moment=True)
    if at < clock.now():
        raise Refused(N_("A new version can't hold from a time that has passed. Choose a later one."), moment=True)
    with transaction() as db:
        row = locked(db, Round, key=round_key)
        must(can(actor, RoundAct.CHANGE_WORKING_POLICY, round_key))
        assert row is not None
        try:
            policy = changed(queries.working(row.id, at), changes)
        except ValueError as error:
            raise Refused(f"The policy is not in order: {error}. Correct it.", moment=True) from error
        version = _add_version(db, actor, row.id, policy, reason.strip(), at)
        record(WorkingPolicyChanged(round_id=row.id, version=version, reason=reason.strip()), by=actor)
        return version


def _add_version(db: Session, actor: Actor, round_id: int, policy: WorkingPolicy, reason: str, at: datetime) -> int:
    last = db.scalar(select(func.max(WorkingVersion.version)).filter_by(round_id=round_id)) or 0
    db.add(
        WorkingVersion(
            round_id=round_id,
            version=last + 1,
            policy=policy.block(),
            reason=reason,
            author_id=actor.person_id,
            effective_at=at,
        )
    )
    db.flush()
    return last + 1


def end_round(actor: Actor, round_key: str) -> queries.RoundView:
    """End a published round. Later stages may bar it while something is still going on. Raises Refused."""
    with transaction() as db:
        row = locked(db, Round, key=round_key)
        must(can(actor, RoundAct.END, round_key))
        assert row is not None
        row.state = ROUND.after(RoundMove.END, row.state)
        db.flush()
        record(RoundEnded(round_id=row.id), by=actor)
        return queries.round_by_id(row.id)
