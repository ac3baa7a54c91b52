"""Who in a role must keep away from which portfolio: written down, so that pages and lists leave out the same."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from panel_app import clock
from panel_app.conflicts.happenings import RoleConflictChanged
from panel_app.conflicts.models import RoleConflict
from panel_app.conflicts.people_rules import must_keep_away
from panel_app.conflicts.queries.role_facts import (
    kept_away,
    of_erased_candidates,
    portfolios_in,
    role_findings,
    roles_in,
    rounds_with_role,
)
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record


def refresh_roles(
    round_id: int, person_ids: Collection[int] | None = None, portfolio_ids: Collection[int] | None = None
) -> None:
    """Examine people with a role in a round (all, or these) with its portfolios (all, or these), drafts too."""
    with transaction() as db:
        people, portfolios = roles_in(round_id, person_ids), portfolios_in(round_id, portfolio_ids)
        if not people or not portfolios:
            return
        before = kept_away(people, portfolios)
        now = _kept_away_now(people, portfolios, clock.now())
        for person_id, portfolio_id in sorted(now - before):
            db.add(RoleConflict(person_id=person_id, portfolio_id=portfolio_id, found_at=clock.now()))
            record(RoleConflictChanged(person_id=person_id, portfolio_id=portfolio_id, stands=True), by=SYSTEM)
        for person_id, portfolio_id in _gone(before - now):
            mine = (RoleConflict.person_id == person_id, RoleConflict.portfolio_id == portfolio_id)
            db.execute(delete(RoleConflict).where(*mine))
            record(RoleConflictChanged(person_id=person_id, portfolio_id=portfolio_id, stands=False), by=SYSTEM)


def refresh_person(person_id: int) -> None:
    """Examine a person with the portfolios of every round in which they have a role."""
    with transaction():
        for round_id in rounds_with_role(person_id):
            refresh_roles(round_id, {person_id})


def _kept_away_now(people: list[int], portfolios: list[int], at: datetime) -> set[tuple[int, int]]:
    found = role_findings(people, portfolios, at)
    return {pair for pair, (findings, register) in found.items() if must_keep_away(findings, register)}


def _gone(pairs: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """What no longer keeps anybody away; what did before the candidate was erased still does."""
    kept = of_erased_candidates({portfolio_id for _, portfolio_id in pairs}) if pairs else set()
    return sorted(pair for pair in pairs if pair[1] not in kept)
