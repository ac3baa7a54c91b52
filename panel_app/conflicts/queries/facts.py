"""The facts that detectors are given: what is known of people, and of candidates with their portfolios."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select

from panel_app.accounts.models import Person
from panel_app.accounts.queries import EVERY_ADDRESS
from panel_app.conflicts.people_rules import mention, recent_from
from panel_app.conflicts.rules import About, Affiliation, CandidateFacts, DeclarationFact, MemberFacts, Mention
from panel_app.foundation.database import reading
from panel_app.panel.models import Declaration, FormerOrganisation, Member
from panel_app.panel.rules import DeclarationState
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Portfolio
from panel_app.portfolios.queries.candidates import CandidateRow, candidate_facts_of
from panel_app.programmes.models import Round
from panel_app.programmes.queries import working

V = TypeVar("V")


def people_facts(person_ids: Collection[int]) -> dict[int, MemberFacts]:
    """What is known of people, as panel members or not; facts of their own candidacies count. Five statements."""
    wanted = sorted(set(person_ids))
    emails, declarations, left = _emails(wanted), _declarations(wanted), _former(wanted)
    own = _own_candidacies(wanted)
    rows = reading().execute(
        select(Person.id, Person.name, Member.aliases, Member.organisation)
        .outerjoin(Member, Member.person_id == Person.id)
        .where(Person.id.in_(wanted))
    )
    return {
        person_id: MemberFacts(
            names=(name,),
            aliases=(*(aliases or "").splitlines(), *own[person_id].names),
            emails=tuple(emails[person_id]),
            organisations=(*_present(organisation), *left[person_id], *own[person_id].organisations),
            declarations=tuple(declarations[person_id]),
            mentions=tuple(own[person_id].mentions),
            person=str(person_id),
        )
        for person_id, name, aliases, organisation in rows
    }


class _Own:
    """What somebody says in candidacies of their own."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.organisations: list[Affiliation] = []
        self.mentions: list[Mention] = []


def _own_candidacies(person_ids: list[int]) -> dict[int, _Own]:
    found: dict[int, _Own] = defaultdict(_Own)
    rows = reading().execute(
        select(
            PortfolioOwner.person_id,
            PortfolioOwner.other_names,
            PortfolioOwner.organisation,
            PortfolioOwner.people_named,
        )
        .where(PortfolioOwner.person_id.in_(person_ids))
        .order_by(PortfolioOwner.portfolio_id)
    )
    for person_id, names, organisation, people in rows:
        found[person_id].names += names
        found[person_id].organisations += _present(organisation)
        found[person_id].mentions += map(mention, people)
    return found


def _present(organisation: str | None) -> list[Affiliation]:
    return [Affiliation(organisation)] if organisation else []


def _emails(person_ids: list[int]) -> dict[int, list[str]]:
    """Every address that they have or had: a change of address undoes no tie."""
    address = EVERY_ADDRESS.c
    found = select(address.person_id, address.typed).where(address.person_id.in_(person_ids))
    return _grouped(reading().execute(found.order_by(address.former, address.id)))


def _declarations(person_ids: list[int]) -> dict[int, list[DeclarationFact]]:
    rows = reading().execute(
        select(Member.person_id, Declaration.kind, Declaration.about, Declaration.relation, Declaration.ended_on)
        .join(Member, Member.id == Declaration.member_id)
        .where(Member.person_id.in_(person_ids), Declaration.state == DeclarationState.STANDING)
        .order_by(Declaration.id)
    )
    return _grouped(
        (person_id, DeclarationFact(About(kind.value), about, relation, ended_on))
        for person_id, kind, about, relation, ended_on in rows
    )


def _former(person_ids: list[int]) -> dict[int, list[Affiliation]]:
    rows = reading().execute(
        select(Member.person_id, FormerOrganisation.name, FormerOrganisation.until)
        .join(Member, Member.id == FormerOrganisation.member_id)
        .where(Member.person_id.in_(person_ids))
        .order_by(FormerOrganisation.id)
    )
    return _grouped((person_id, Affiliation(name, until)) for person_id, name, until in rows)


def candidates_facts(portfolio_ids: Collection[int], at: datetime) -> dict[int, CandidateFacts]:
    """What is known of candidates, by portfolio; policies as they hold `at`. Six statements and one a round."""
    rows = candidate_facts_of(sorted(set(portfolio_ids)))
    named = select(Portfolio.id, Portfolio.reference).where(Portfolio.id.in_(portfolio_ids))
    references = {row.id: row.reference for row in reading().execute(named)}
    since = _since({row.round_id for row in rows}, at)
    return {
        row.portfolio_id: CandidateFacts(
            names=(row.name, *row.other_names),
            recent_from=since[row.round_id],
            emails=row.emails,
            organisations=tuple(_present(row.organisation)),
            texts=row.texts,
            mentions=_mentions(row),
            reference=references[row.portfolio_id],
            person=str(row.person_id),
        )
        for row in rows
    }


def _since(round_ids: Collection[int], at: datetime) -> dict[int, date]:
    closes = reading().execute(select(Round.id, Round.closes_at).where(Round.id.in_(round_ids)))
    return {round_id: recent_from(closes_at.date(), working(round_id, at).tolerances) for round_id, closes_at in closes}


def _grouped(pairs: Iterable[tuple[int, V]]) -> dict[int, list[V]]:
    found: dict[int, list[V]] = defaultdict(list)
    for person_id, value in pairs:
        found[person_id].append(value)
    return found


def _mentions(row: CandidateRow) -> tuple[Mention, ...]:
    return tuple(mention(text) for text in row.people_named)
