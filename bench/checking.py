"""`panel check` on the copied data: every invariant, but the register's only for some portfolios where it is large."""

from collections.abc import Iterator

from sqlalchemy import func, select

from bench.played import Played
from panel_app import clock
from panel_app.conflicts.queries.examination import differs, examined, known_findings, pairs_of_portfolio
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.panel.models import Seat
from panel_app.portfolios.models import Portfolio, PortfolioStatus

REGISTER = "conflicts.register"
MOST_PAIRS = 2_000
"""The register's invariant examines every pair of a round; above this number so many pairs are drawn instead."""


class ImpossibleData(SystemExit):
    """An invariant is broken: what would be measured can't happen."""


def check(played: Played) -> None:
    """Run every invariant. Raises ImpossibleData with the first sentences."""
    broken = [f"{name}: {sentence}" for name, sentence in _findings(played.round.id)]
    if broken:
        raise ImpossibleData("The bench's data are not possible:\n" + "\n".join(broken[:10]))


def _findings(round_id: int) -> Iterator[tuple[str, str]]:
    submitted = (Portfolio.round_id == round_id, Portfolio.status == PortfolioStatus.SUBMITTED)
    portfolios = reading().scalar(select(func.count()).select_from(Portfolio).where(*submitted)) or 0
    members = reading().scalar(select(func.count()).select_from(Seat).where(Seat.round_id == round_id)) or 1
    is_large = portfolios * members > MOST_PAIRS
    for name, finder in sorted(invariant.found.items()):
        if name != REGISTER or not is_large:
            yield from ((name, sentence) for sentence in finder())
    if is_large:
        step = max(1, portfolios * members // MOST_PAIRS)
        ids = reading().scalars(select(Portfolio.id).where(*submitted).order_by(Portfolio.id)).all()
        yield from ((REGISTER, sentence) for each in ids[::step] for sentence in _register(each))


def _register(portfolio_id: int) -> Iterator[str]:
    pairs = pairs_of_portfolio(portfolio_id)
    known = known_findings(pairs)
    for pair, found in examined(pairs, clock.now()).items():
        if differs(found, known.get(pair.ids, {})):
            yield f"member {pair.member_id} and portfolio {pair.portfolio_id} give other findings now: {found}"
