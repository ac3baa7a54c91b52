"""The moderator's list of cases, and one case with everything that an answer stands on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from panel_app.assignment.models import AssignmentRole
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.moderation.models import CaseMove, CaseReason, ModerationCase
from panel_app.moderation.queries.facts import CaseStanding, case_standing, independent_of
from panel_app.moderation.queries.standing import Standing, standing
from panel_app.moderation.rules import Answerable, CaseAct, CaseState, shown_digest
from panel_app.portfolios.blind import BlindPortfolio, blind_portfolio
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round
from panel_app.programmes.queries import CriterionView, rubric_of

PER_PAGE = 25


@dataclass(frozen=True)
class CaseRow:
    """A case in the list. `triggers`: the names of what opened it."""

    key: str
    reference: str
    round_code: str
    zone: str
    state: CaseState
    state_since: datetime
    opened_at: datetime
    due_at: datetime
    triggers: tuple[str, ...]


def cases_for(actor: Actor, number: int) -> tuple[list[CaseRow], int]:
    """A page of the open cases that the actor may answer or follow, by due date, then key; and how many there are.

    Three statements.
    """
    mine = _open_for(actor)
    query = _rows().where(*mine)
    query = query.order_by(ModerationCase.state != CaseState.WITH_MODERATOR, ModerationCase.due_at, ModerationCase.key)
    return _read(query.offset((number - 1) * PER_PAGE).limit(PER_PAGE)), _count(mine)


def waiting_for(actor: Actor) -> list[CaseRow]:
    """The cases that wait for this moderator's answer, the earliest due first; 20 at most. Two statements."""
    query = _rows().where(*_open_for(actor), ModerationCase.state == CaseState.WITH_MODERATOR)
    return _read(query.order_by(ModerationCase.due_at, ModerationCase.key).limit(20))


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ModerationCase.id,
            ModerationCase.key,
            Portfolio.reference,
            Round.code.label("round_code"),
            Round.zone,
            ModerationCase.state,
            ModerationCase.state_since,
            ModerationCase.opened_at,
            ModerationCase.due_at,
        )
        .join(Assessment, Assessment.id == ModerationCase.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
    )


def _read(query: Select[*tuple[Any, ...]]) -> list[CaseRow]:
    rows = reading().execute(query).all()
    triggers = _triggers([row.id for row in rows])
    return [_row(row._asdict(), triggers) for row in rows]


def _row(named: dict[str, Any], triggers: Mapping[int, tuple[str, ...]]) -> CaseRow:
    return CaseRow(triggers=triggers.get(named.pop("id"), ()), **named)


def _open_for(actor: Actor) -> list[ColumnElement[bool]]:
    return [
        Portfolio.round_id.in_(actor.rounds(Role.MODERATOR)),
        ModerationCase.state != CaseState.CLOSED,
        *independent_of(actor),
    ]


def _count(conditions: Sequence[ColumnElement[bool]]) -> int:
    query = (
        select(func.count())
        .select_from(ModerationCase)
        .join(Assessment, Assessment.id == ModerationCase.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    )
    return reading().scalar(query.where(*conditions)) or 0


def _triggers(case_ids: list[int]) -> dict[int, tuple[str, ...]]:
    rows = reading().execute(
        select(CaseReason.case_id, CaseReason.trigger)
        .where(CaseReason.case_id.in_(case_ids))
        .group_by(CaseReason.case_id, CaseReason.trigger)
        .order_by(CaseReason.case_id, CaseReason.trigger)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for case_id, name in rows:
        found[case_id].append(name)
    return {case_id: tuple(names) for case_id, names in found.items()}


@dataclass(frozen=True)
class ReasonRow:
    """Why a case is open."""

    trigger: str
    words: str
    found_at: datetime


@dataclass(frozen=True)
class MoveRow:
    """What was done with a case, and why; never by whom: the page is the blind side."""

    act: CaseAct
    state: CaseState
    at: datetime
    reason: str


@dataclass(frozen=True)
class CasePage:
    """One case: its reasons, moves, sheets, the published criteria, and the portfolio without its candidate."""

    facts: CaseStanding
    opened_at: datetime
    due_at: datetime
    standing: Standing
    criteria: tuple[CriterionView, ...]
    reasons: tuple[ReasonRow, ...]
    moves: tuple[MoveRow, ...]
    portfolio: BlindPortfolio | None

    @property
    def labels(self) -> tuple[tuple[str, bool], ...]:
        """Each sheet's label, and whether it is the third assessor's."""
        return tuple((each.label, each.role is AssignmentRole.THIRD) for each in self.standing.sheets)


def case_page(facts: CaseStanding) -> CasePage:
    """Everything on the page of one case. A constant number of statements."""
    opened_at, due_at = (
        reading()
        .execute(select(ModerationCase.opened_at, ModerationCase.due_at).where(ModerationCase.id == facts.id))
        .one()
    )
    now = standing(facts.assessment_id)
    codes = {criterion.code for criterion in now.criteria}
    return CasePage(
        facts=facts,
        opened_at=opened_at,
        due_at=due_at,
        standing=now,
        criteria=tuple(each for each in rubric_of(facts.round_id).criteria if each.code in codes),
        reasons=reasons_of(facts.id),
        moves=moves_of(facts.id),
        portfolio=blind_portfolio(facts.portfolio_id),
    )


def digest_of(page: CasePage) -> str:
    """The digest of what a moderator reads on the page of a case. Runs no statement."""
    levels = page.standing.moderator_levels
    return shown_digest(
        Answerable(
            page.facts.key,
            tuple((sheet.key, sheet.number) for sheet in page.standing.sheets),
            tuple((code, level.points, level.reason) for code, level in sorted(levels.items())),
            tuple((each.trigger, each.words) for each in page.reasons),
            len(page.moves),
        )
    )


def shown_now(key: str) -> str:
    """The digest of what the page of a case shows now. Raises LookupError. A constant number of statements."""
    facts = case_standing(key)
    if facts is None:
        raise LookupError("there is no such case")
    return digest_of(case_page(facts))


def reasons_of(case_id: int) -> tuple[ReasonRow, ...]:
    """The reasons of a case, as they were found. One statement."""
    rows = reading().execute(
        select(CaseReason.trigger, CaseReason.words, CaseReason.found_at)
        .filter_by(case_id=case_id)
        .order_by(CaseReason.id)
    )
    return tuple(ReasonRow(*row) for row in rows)


def moves_of(case_id: int) -> tuple[MoveRow, ...]:
    """What was done with a case, in order. One statement."""
    rows = reading().execute(
        select(CaseMove.act, CaseMove.state, CaseMove.at, CaseMove.reason)
        .filter_by(case_id=case_id)
        .order_by(CaseMove.id)
    )
    return tuple(MoveRow(*row) for row in rows)
