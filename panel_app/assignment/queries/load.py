"""How the work of a round lies on its panel, a draft included, without what the viewer may not see."""

from dataclasses import dataclass

from sqlalchemy import Row, func, select

from panel_app.accounts.models import Person
from panel_app.assignment.load_rules import Load
from panel_app.assignment.models import Assignment, PlanPair
from panel_app.assignment.rules import LIVE_STATES
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.panel.models import Member, Seat
from panel_app.portfolios.queries.visibility import assessments_visible_to

MOST_NAMED = 25


@dataclass(frozen=True)
class LoadRow:
    """A member of the panel: portfolios that they would have once the draft is sent, and places."""

    key: str
    name: str
    total: int
    capacity: int


@dataclass(frozen=True)
class PanelLoad:
    """Every member's load, and by name the fullest: some, and whoever would have more than their places."""

    loads: tuple[Load, ...]
    fullest: tuple[LoadRow, ...]

    @property
    def unnamed(self) -> int:
        """How many members are not among the fullest."""
        return len(self.loads) - len(self.fullest)


def panel_load(round_id: int, plan_id: int | None, viewer: Actor, most: int = MOST_NAMED) -> PanelLoad:
    """The load of a round's panel, `most` of its members by name. Two statements."""
    everyone = sorted(_totals(round_id, plan_id, viewer), key=lambda row: (row.capacity - row.total, row.member_id))
    over = sum(row.total > row.capacity for row in everyone)
    shown = {row.member_id: row for row in everyone[: max(most, over)]}
    people = select(Member.id, Member.key, Person.name).join(Person, Person.id == Member.person_id)
    named = {row.id: row for row in reading().execute(people.where(Member.id.in_(shown)))}
    return PanelLoad(
        tuple(Load(row.total, row.capacity) for row in everyone),
        tuple(LoadRow(named[each].key, named[each].name, row.total, row.capacity) for each, row in shown.items()),
    )


def _totals(round_id: int, plan_id: int | None, viewer: Actor) -> list[Row[tuple[int, int, int]]]:
    taken = (
        select(Assignment.member_id, func.count().label("number"))
        .where(Assignment.round_id == round_id, Assignment.state.in_(LIVE_STATES))
        .where(*assessments_visible_to(viewer, Assignment.assessment_id))
        .group_by(Assignment.member_id)
        .subquery()
    )
    proposed = (
        select(PlanPair.member_id, func.count().label("number"))
        .where(PlanPair.plan_id == plan_id, *assessments_visible_to(viewer, PlanPair.assessment_id))
        .group_by(PlanPair.member_id)
        .subquery()
    )
    total = func.coalesce(taken.c.number, 0) + func.coalesce(proposed.c.number, 0)
    return list(
        reading().execute(
            select(Seat.member_id, total.label("total"), Seat.capacity)
            .outerjoin(taken, taken.c.member_id == Seat.member_id)
            .outerjoin(proposed, proposed.c.member_id == Seat.member_id)
            .where(Seat.round_id == round_id)
        )
    )
