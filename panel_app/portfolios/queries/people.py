"""The persons behind portfolios: for starting one, and for messages."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from panel_app.accounts.models import EmailAddress
from panel_app.foundation.database import reading
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Portfolio, PortfolioStatus


def has_confirmed_address(person_id: int) -> bool:
    """Whether the person's e-mail address is proved. One statement."""
    confirmed = select(EmailAddress.id).where(EmailAddress.confirmed_at.is_not(None))
    return reading().scalar(confirmed.where(EmailAddress.person_id == person_id).limit(1)) is not None


def portfolio_key_of(portfolio_id: int) -> str:
    """The public key of a portfolio. Raises NoResultFound. One statement."""
    return reading().execute(select(Portfolio.key).where(Portfolio.id == portfolio_id)).scalar_one()


@dataclass(frozen=True)
class Concerned:
    """A candidate to write to about one portfolio."""

    person_id: int
    portfolio_key: str
    reference: str


def owner_of(portfolio_id: int) -> Concerned:
    """Whose a portfolio is. Raises NoResultFound. One statement."""
    return Concerned(*reading().execute(_owners().where(Portfolio.id == portfolio_id)).one())


def candidates_of(round_id: int) -> list[Concerned]:
    """Everyone with a draft or a submitted portfolio in a round. One statement."""
    living = (PortfolioStatus.DRAFT, PortfolioStatus.SUBMITTED, PortfolioStatus.NOT_SUBMITTED)
    rows = reading().execute(
        _owners().where(Portfolio.round_id == round_id, Portfolio.status.in_(living)).order_by(Portfolio.id)
    )
    return [Concerned(*row) for row in rows]


def _owners() -> Select[int, str, str]:
    columns = (PortfolioOwner.person_id, Portfolio.key, Portfolio.reference)
    return select(*columns).join(Portfolio, Portfolio.id == PortfolioOwner.portfolio_id)


def own_identity(portfolio_key: str) -> dict[str, str]:
    """What a candidate said of themselves, names one a line. Raises NoResultFound. One statement."""
    columns = (PortfolioOwner.organisation, PortfolioOwner.other_names, PortfolioOwner.people_named)
    found = select(*columns).join(Portfolio, Portfolio.id == PortfolioOwner.portfolio_id)
    row = reading().execute(found.where(Portfolio.key == portfolio_key)).one()
    names, people = "\n".join(row.other_names), "\n".join(row.people_named)
    return {"organisation": row.organisation, "other_names": names, "people_named": people}
