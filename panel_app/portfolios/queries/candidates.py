"""What conflicts are found by: everything that a portfolio and its candidate say of people and organisations."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.accounts.models import Person
from panel_app.accounts.queries import EVERY_ADDRESS
from panel_app.foundation.database import reading
from panel_app.portfolios.identity import EvidenceOrigin, PortfolioOwner
from panel_app.portfolios.models import Evidence, EvidenceState, Portfolio, SectionText


@dataclass(frozen=True)
class CandidateRow:
    """One candidate with one portfolio. `texts`: sections, sentences on evidence, links and file names."""

    person_id: int
    portfolio_id: int
    round_id: int
    name: str
    other_names: tuple[str, ...]
    emails: tuple[str, ...]
    organisation: str
    people_named: tuple[str, ...]
    texts: tuple[str, ...]


def candidate_facts(portfolio_id: int) -> CandidateRow:
    """The facts of one portfolio's candidate. Raises NoResultFound. Four statements."""
    return candidate_facts_of([portfolio_id])[0]


def candidate_facts_of(portfolio_ids: list[int]) -> list[CandidateRow]:
    """The facts of several candidates, by portfolio id. Four statements at any number."""
    owners = reading().execute(
        select(PortfolioOwner, Person.name, Portfolio.round_id)
        .join(Person, Person.id == PortfolioOwner.person_id)
        .join(Portfolio, Portfolio.id == PortfolioOwner.portfolio_id)
        .where(PortfolioOwner.portfolio_id.in_(portfolio_ids))
        .order_by(PortfolioOwner.portfolio_id)
    )
    found, emails, texts = owners.all(), _emails(portfolio_ids), _texts(portfolio_ids)
    return [
        CandidateRow(
            person_id=owner.person_id,
            portfolio_id=owner.portfolio_id,
            round_id=round_id,
            name=name,
            other_names=tuple(owner.other_names),
            emails=tuple(emails.get(owner.person_id, ())),
            organisation=owner.organisation,
            people_named=tuple(owner.people_named),
            texts=tuple(texts.get(owner.portfolio_id, ())),
        )
        for owner, name, round_id in found
    ]


def _emails(portfolio_ids: list[int]) -> dict[int, list[str]]:
    """Every address that they have or had: a change of address undoes no tie."""
    address = EVERY_ADDRESS.c
    owners = select(PortfolioOwner.person_id).where(PortfolioOwner.portfolio_id.in_(portfolio_ids))
    rows = reading().execute(
        select(address.person_id, address.typed)
        .where(address.person_id.in_(owners))
        .order_by(address.former, address.id)
    )
    found: dict[int, list[str]] = {}
    for person_id, typed in rows:
        found.setdefault(person_id, []).append(typed)
    return found


def _texts(portfolio_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    sections = select(SectionText.portfolio_id, SectionText.text).where(SectionText.portfolio_id.in_(portfolio_ids))
    for portfolio_id, text in reading().execute(sections.order_by(SectionText.id)):
        found.setdefault(portfolio_id, []).append(text)
    pieces = (
        select(Evidence.portfolio_id, Evidence.shows, Evidence.link, EvidenceOrigin.name)
        .outerjoin(EvidenceOrigin, EvidenceOrigin.evidence_id == Evidence.id)
        .where(Evidence.portfolio_id.in_(portfolio_ids), Evidence.state == EvidenceState.LISTED)
    )
    for portfolio_id, *words in reading().execute(pieces.order_by(Evidence.id)):
        found.setdefault(portfolio_id, []).extend(text for text in words if text)
    return found
