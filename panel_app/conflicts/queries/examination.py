"""Which pairs there are, and what the detectors find about them now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from panel_app.accounts.models import Person
from panel_app.accounts.rules import PersonState
from panel_app.conflicts.blocking_rules import candidate_keys, examine_by_keys, member_keys
from panel_app.conflicts.models import Finding
from panel_app.conflicts.queries.facts import candidates_facts, people_facts
from panel_app.conflicts.rules import Finding as Found
from panel_app.conflicts.rules import FindingState, not_found_again
from panel_app.foundation.database import reading
from panel_app.panel.models import Member, Seat
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Portfolio, PortfolioStatus


@dataclass(frozen=True)
class PairRow:
    """A panel member and a portfolio of one round. `is_erased`: the member or the candidate was erased."""

    member_id: int
    person_id: int
    portfolio_id: int
    round_id: int
    is_erased: bool

    @property
    def ids(self) -> tuple[int, int]:
        """The ids of member and portfolio."""
        return self.member_id, self.portfolio_id


def pairs_of_round(round_id: int) -> list[PairRow]:
    """Every member on a round's panel with every submitted portfolio. One statement."""
    return _pairs(Portfolio.round_id == round_id)


def pairs_of_member(member_id: int) -> list[PairRow]:
    """One member with every submitted portfolio of the rounds on whose panel they sit. One statement."""
    return _pairs(Seat.member_id == member_id)


def pairs_of_portfolio(portfolio_id: int) -> list[PairRow]:
    """One submitted portfolio with every member on its round's panel. One statement."""
    return _pairs(Portfolio.id == portfolio_id)


def pairs_of_person(person_id: int) -> list[PairRow]:
    """Every pair in which a person is the member or the candidate. One statement."""
    owned = select(PortfolioOwner.portfolio_id).where(PortfolioOwner.person_id == person_id)
    return _pairs(or_(Member.person_id == person_id, Portfolio.id.in_(owned)))


def pair_of(member_id: int, portfolio_id: int) -> PairRow:
    """One member with one portfolio, seated and submitted or not. Raises NoResultFound. One statement."""
    found = select(Member.id, Member.person_id, Portfolio.id, Portfolio.round_id, _someone_erased())
    found = found.join_from(Member, Portfolio, Portfolio.id == portfolio_id).where(Member.id == member_id)
    return PairRow(*reading().execute(found).one())


def _pairs(which: ColumnElement[bool]) -> list[PairRow]:
    rows = reading().execute(
        select(Member.id, Member.person_id, Portfolio.id, Portfolio.round_id, _someone_erased())
        .join(Seat, Seat.member_id == Member.id)
        .join(Portfolio, Portfolio.round_id == Seat.round_id)
        .where(Portfolio.status == PortfolioStatus.SUBMITTED, which)
        .order_by(Portfolio.id, Member.id)
    )
    return [PairRow(*row) for row in rows]


def _someone_erased() -> ColumnElement[bool]:
    erased = select(Person.id).where(Person.state == PersonState.ERASED)
    theirs = select(PortfolioOwner.portfolio_id).where(PortfolioOwner.person_id.in_(erased))
    return or_(Member.person_id.in_(erased), Portfolio.id.in_(theirs))


Change = tuple[tuple[Found, ...], Mapping[str, Finding]]
"""What is found about a pair, and what the register holds about it by kind."""


def changes(pairs: Iterable[PairRow], at: datetime) -> dict[PairRow, Change]:
    """The pairs for which the register must change, with both sides. Twelve statements and one a round.

    Where somebody was erased only what is new counts: their facts are gone, and what was found by them stands.
    """
    wanted = list(pairs)
    found, known = examined(wanted, at), known_findings(wanted)
    both = {pair: _comparable(pair, found[pair], known.get(pair.ids, {})) for pair in wanted}
    return {pair: change for pair, change in both.items() if differs(*change)}


def _comparable(pair: PairRow, found: tuple[Found, ...], known: Mapping[str, Finding]) -> Change:
    return (tuple(each for each in found if each.kind not in known), {}) if pair.is_erased else (found, known)


def examined(pairs: Iterable[PairRow], at: datetime) -> dict[PairRow, tuple[Found, ...]]:
    """What the detectors find about each pair. Eleven statements and one a round, at any number of pairs."""
    wanted = list(pairs)
    people = people_facts({pair.person_id for pair in wanted})
    candidates = candidates_facts({pair.portfolio_id for pair in wanted}, at)
    mine = {person_id: member_keys(facts) for person_id, facts in people.items()}
    theirs = {portfolio_id: candidate_keys(facts) for portfolio_id, facts in candidates.items()}
    return {
        pair: examine_by_keys(
            people[pair.person_id], candidates[pair.portfolio_id], mine[pair.person_id], theirs[pair.portfolio_id]
        )
        for pair in wanted
    }


def known_findings(pairs: Iterable[PairRow]) -> dict[tuple[int, int], dict[str, Finding]]:
    """What the register holds about pairs, by kind. One statement."""
    wanted = list(pairs)
    rows = reading().scalars(
        select(Finding)
        .where(Finding.member_id.in_({pair.member_id for pair in wanted}))
        .where(Finding.portfolio_id.in_({pair.portfolio_id for pair in wanted}))
        .order_by(Finding.id)
        .execution_options(populate_existing=True)
    )
    found: dict[tuple[int, int], dict[str, Finding]] = {}
    for row in rows:
        found.setdefault((row.member_id, row.portfolio_id), {})[row.kind] = row
    return found


def differs(found: Iterable[Found], known: Mapping[str, Finding]) -> bool:
    """Say whether the register must change for a pair."""
    now = {each.kind: each for each in found}
    gone = (row for kind, row in known.items() if kind not in now)
    return any(_is_news(each, known.get(kind)) for kind, each in now.items()) or any(
        not_found_again(row.state) is not row.state for row in gone
    )


def _is_news(found: Found, known: Finding | None) -> bool:
    return known is None or known.state is FindingState.SUPERSEDED or known.fingerprint != found.fingerprint
