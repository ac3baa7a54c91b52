"""Writing the register: what was found is new, the same, changed, found again or gone."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.conflicts.happenings import FindingChanged
from panel_app.conflicts.models import Finding
from panel_app.conflicts.queries.examination import (
    PairRow,
    changes,
    pair_of,
    pairs_of_member,
    pairs_of_person,
    pairs_of_portfolio,
    pairs_of_round,
)
from panel_app.conflicts.rules import Finding as Found
from panel_app.conflicts.rules import FindingState, first_state, found_again, not_found_again
from panel_app.conflicts.services.roles import refresh_roles
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.panel.models import Member
from panel_app.programmes.queries import working


def check_round(round_id: int) -> None:
    """Examine every member of a round's panel with every submitted portfolio, and everybody with a role there."""
    with transaction() as db:
        pairs = pairs_of_round(round_id)
        _hold_members(db, pairs)
        _check(db, pairs)
        refresh_roles(round_id)


def check_member(member_id: int) -> None:
    """Examine a member with every submitted portfolio of their rounds."""
    with transaction() as db:
        pairs = pairs_of_member(member_id)
        _hold_members(db, pairs)
        _check(db, pairs)


def check_portfolio(portfolio_id: int) -> None:
    """Examine a submitted portfolio with every member of its round's panel; its row is locked by the act around."""
    with transaction() as db:
        pairs = pairs_of_portfolio(portfolio_id)
        _share_members(db, pairs)
        _check(db, pairs)


def check_person(person_id: int) -> None:
    """Examine every pair in which a person is the member or the candidate."""
    with transaction() as db:
        pairs = pairs_of_person(person_id)
        _hold_members(db, pairs)
        _check(db, pairs)


def check_pair(member_id: int, portfolio_id: int) -> PairRow:
    """Examine one pair, whether or not the member sits on the panel."""
    with transaction() as db:
        pair = pair_of(member_id, portfolio_id)
        _hold_members(db, [pair])
        _check(db, [pair])
        return pair


def _hold_members(db: Session, pairs: Iterable[PairRow]) -> None:
    """Lock members' rows before their facts are read: two acts that find the same at once come one after the other."""
    db.execute(_members(pairs).with_for_update(key_share=True)).all()


def _share_members(db: Session, pairs: Iterable[PairRow]) -> None:
    """Wait for acts on these members and let none begin until this one ends; submissions don't wait for each other.

    Without it a declaration and a submission at one moment would each miss the other.
    """
    db.execute(_members(pairs).with_for_update(read=True)).all()


def _members(pairs: Iterable[PairRow]) -> Select[int]:
    return select(Member.id).where(Member.id.in_({pair.member_id for pair in pairs})).order_by(Member.id)


def _check(db: Session, pairs: list[PairRow]) -> None:
    changed = changes(pairs, clock.now())
    for pair, (found, known) in changed.items():
        _settle(db, pair, found, known)
    for round_id in sorted({pair.round_id for pair in changed}):
        mine = [pair for pair in changed if pair.round_id == round_id]
        refresh_roles(round_id, {pair.person_id for pair in mine}, {pair.portfolio_id for pair in mine})


def _settle(db: Session, pair: PairRow, found: Iterable[Found], known: Mapping[str, Finding]) -> None:
    now = {each.kind: each for each in found}
    for kind, each in now.items():
        row = known.get(kind)
        if row is None:
            _add(db, pair, each)
        elif row.fingerprint != each.fingerprint or row.state is FindingState.SUPERSEDED:
            same = row.fingerprint == each.fingerprint
            move(row, found_again(row.state, each.strength, same_facts=same), pair.round_id)
            _describe(row, each)
            _tell(row)
    for kind, row in known.items():
        if kind not in now and not_found_again(row.state) is not row.state:
            move(row, not_found_again(row.state), pair.round_id)
            _tell(row)


def _add(db: Session, pair: PairRow, found: Found) -> None:
    row = Finding(key=new_key(), member_id=pair.member_id, portfolio_id=pair.portfolio_id, kind=found.kind)
    row.found_at = clock.now()
    _describe(row, found)
    move(row, first_state(found.strength), pair.round_id)
    db.add(row)
    db.flush()
    _tell(row)


def _describe(row: Finding, found: Found) -> None:
    row.strength, row.fingerprint = found.strength, found.fingerprint
    row.reason, row.reason_params = found.reason.template, dict(found.reason.params)


def move(row: Finding, state: FindingState, round_id: int) -> None:
    """Let a finding stand anew from now: an earlier decision no longer holds, an open one gets its date."""
    decide_by = _decide_by(round_id, clock.now()) if state is FindingState.OPEN else None
    row.state, row.state_since, row.decide_by = state, clock.now(), decide_by
    row.decided_by_id = row.decided_at = row.decision_reason = None


def _decide_by(round_id: int, now: datetime) -> datetime:
    return now + timedelta(days=working(round_id, now).case_days)


def _tell(row: Finding) -> None:
    what = FindingChanged(
        finding_id=row.id,
        member_id=row.member_id,
        portfolio_id=row.portfolio_id,
        kind=row.kind,
        strength=row.strength.value,
        state=row.state.value,
    )
    record(what, by=SYSTEM)
