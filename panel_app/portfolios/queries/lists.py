"""Lists of portfolios: a candidate's own, and a round's for its coordinators. Paged and counted in the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, literal, select, union_all

from panel_app import clock
from panel_app.accounts.models import Person
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    CopyState,
    Evidence,
    PanelCopy,
    Portfolio,
    PortfolioStatus,
)
from panel_app.portfolios.queries.standing_facts import has_result, own_deadline
from panel_app.portfolios.queries.visibility import visible_to
from panel_app.programmes.models import Programme, Round, Rubric

PER_PAGE = 25


@dataclass(frozen=True)
class OwnRow:
    """One of a candidate's own portfolios; instants in UTC, to be shown in `zone`."""

    key: str
    reference: str
    status: PortfolioStatus
    programme: str
    round_title: str
    zone: str
    closes_at: datetime
    release_at: datetime
    has_result: bool


def own_portfolios(person_id: int) -> list[OwnRow]:
    """A candidate's portfolios, the latest deadline first. One statement."""
    rows = reading().execute(
        select(Portfolio.key, Portfolio.reference, Portfolio.status, Programme.code, Round.title, Round.zone)
        .add_columns(own_deadline(), Round.release_at, has_result())
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Rubric, Rubric.id == Round.rubric_id)
        .join(Programme, Programme.id == Rubric.programme_id)
        .where(PortfolioOwner.person_id == person_id)
        .order_by(Round.closes_at.desc(), Portfolio.id.desc())
    )
    return [OwnRow(*row) for row in rows]


def own_rounds(person_id: int) -> dict[str, str]:
    """Key of a round → key of the person's portfolio in it. One statement."""
    rows = reading().execute(
        select(Round.key, Portfolio.key)
        .join(Portfolio, Portfolio.round_id == Round.id)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .where(PortfolioOwner.person_id == person_id)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class ListedRow:
    """A portfolio of a round for its coordinators; `assessment` of its first part, none before a submission."""

    key: str
    reference: str
    candidate: str
    status: PortfolioStatus
    since: datetime
    closes_at: datetime
    assessment_key: str | None
    assessment: AssessmentStatus | None
    assessment_since: datetime | None
    held: int


HELD_BACK = "held"
"""Stands where a status stands in the filter: submitted, with a panel copy that is held."""
OTHERS = "going"
"""The rank of what none of the given ranks holds for."""
Chosen = PortfolioStatus | AssessmentStatus | str | None


def portfolios_of_round(actor: Actor, round_id: int, page: int, chosen: Chosen = None) -> tuple[list[ListedRow], int]:
    """A page of a round's portfolios in order of reference, and how many there are in all. Two statements.

    `chosen`: those with a status of their own or of their first assessment, or those that are held back (HELD_BACK).
    """
    wanted = [*_wanted(actor, round_id), *_chosen(chosen)]
    total = reading().scalar(select(func.count()).select_from(Portfolio).where(*wanted)) or 0
    rows = reading().execute(_listed(wanted).offset((page - 1) * PER_PAGE).limit(PER_PAGE))
    return [ListedRow(*row) for row in rows], total


def ranked_portfolios(
    actor: Actor, round_id: int, page: int, ranks: Mapping[str, ColumnElement[bool]], chosen: str
) -> tuple[list[ListedRow], Mapping[str, int]]:
    """A page of a round's portfolios by rank, then reference, and how many have each rank. Two statements.

    `ranks`: name → condition, the first that holds counts; OTHERS without any. `chosen`: one of the names, or all.
    """
    wanted = _wanted(actor, round_id)
    rank = case(*((condition, name) for name, condition in ranks.items()), else_=OTHERS)
    ranked = select(Portfolio.key, Portfolio.reference, Portfolio.id, rank.label("rank"))
    found = ranked.join(Round, Round.id == Portfolio.round_id).where(*wanted).cte("ranked")
    order = case({name: place for place, name in enumerate(ranks)}, value=found.c.rank, else_=len(ranks))
    page_of = select(found.c.key, literal(0)).order_by(order, found.c.reference, found.c.id)
    if chosen in (*ranks, OTHERS):
        page_of = page_of.where(found.c.rank == chosen)
    on_page = page_of.offset((page - 1) * PER_PAGE).limit(PER_PAGE).subquery()
    counted = select(found.c.rank, func.count()).group_by(found.c.rank)
    # Every portfolio is ranked once: the counts have numbers, the keys of the page stand behind them in their order.
    rows = reading().execute(union_all(counted, select(on_page))).all()
    keys = [name for name, number in rows if not number]
    listed = {row.key: row for row in portfolios_by_key(actor, round_id, keys)}
    return [listed[key] for key in keys], {name: number for name, number in rows if number}


def portfolios_by_key(actor: Actor, round_id: int, keys: Collection[str]) -> list[ListedRow]:
    """Some of a round's portfolios, in order of reference. One statement."""
    rows = reading().execute(_listed([*_wanted(actor, round_id), Portfolio.key.in_(keys)]))
    return [ListedRow(*row) for row in rows]


def _listed(wanted: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    held = (
        select(func.count())
        .select_from(PanelCopy)
        .join(Evidence, Evidence.id == PanelCopy.evidence_id)
        .where(Evidence.portfolio_id == Portfolio.id, PanelCopy.state == CopyState.HELD)
        .correlate(Portfolio)
        .scalar_subquery()
    )
    return (
        select(Portfolio.key, Portfolio.reference, Person.name, Portfolio.status, Portfolio.status_since)
        .add_columns(own_deadline(), Assessment.key, Assessment.status, Assessment.status_since, held)
        .join(Round, Round.id == Portfolio.round_id)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(Person, Person.id == PortfolioOwner.person_id)
        .outerjoin(Assessment, Assessment.id == _first_assessment())
        .where(*wanted)
        .order_by(Portfolio.reference, Portfolio.id)
    )


def _first_assessment() -> ScalarSelect[int]:
    first = select(func.min(Assessment.id)).where(Assessment.portfolio_id == Portfolio.id)
    return first.correlate(Portfolio).scalar_subquery()


def _chosen(chosen: Chosen) -> list[ColumnElement[bool]]:
    """A portfolio's own status counts until it is submitted; from then on that of its assessment, as it is listed."""
    if chosen is None:
        return []
    if isinstance(chosen, PortfolioStatus):
        return [Portfolio.status == chosen]
    is_submitted = Portfolio.status == PortfolioStatus.SUBMITTED
    if isinstance(chosen, AssessmentStatus):
        stands = select(Assessment.status).where(Assessment.id == _first_assessment()).scalar_subquery()
        return [is_submitted, stands == chosen]
    held = select(Evidence.portfolio_id).join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
    return [is_submitted, Portfolio.id.in_(held.where(PanelCopy.state == CopyState.HELD))]


def ready_count(actor: Actor, round_id: int) -> int:
    """How many assessments of a round are ready with their deadline passed. One statement."""
    ready = (
        select(func.count())
        .select_from(Assessment)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(*_wanted(actor, round_id), Portfolio.status == PortfolioStatus.SUBMITTED)
        .where(Assessment.status == AssessmentStatus.READY, own_deadline() < clock.now())
    )
    return reading().scalar(ready) or 0


def _wanted(actor: Actor, round_id: int) -> list[ColumnElement[bool]]:
    return [Portfolio.round_id == round_id, *visible_to(actor)]
