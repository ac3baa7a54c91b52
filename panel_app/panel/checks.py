"""What must hold of panels at any time (`panel check`)."""

from collections.abc import Iterable

from sqlalchemy import func, select

from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.panel.models import Declaration, Member, Seat
from panel_app.panel.queries.places import load_beside
from panel_app.portfolios.models import Portfolio


@invariant("panel.capacity")
def nobody_has_too_many() -> Iterable[str]:
    """No member has or is asked to take more portfolios in a round than their capacity. One statement."""
    load = load_beside(None)
    found = select(Member.key, Seat.capacity, load).join(Seat, Seat.member_id == Member.id).where(load > Seat.capacity)
    for key, capacity, taken in reading().execute(found):
        yield f"panel member {key} has more portfolios in a round than their capacity: {taken} of {capacity}"


@invariant("panel.declared_portfolios")
def declarations_name_their_portfolio() -> Iterable[str]:
    """A declaration about a portfolio holds that portfolio's reference. One statement."""
    found = select(Declaration.key).join(Portfolio, Portfolio.id == Declaration.portfolio_id)
    for key in reading().scalars(found.where(func.upper(Portfolio.reference) != func.upper(Declaration.about))):
        yield f"declaration {key} names another reference than its portfolio has"
