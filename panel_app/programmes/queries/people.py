"""Reads of who has a part in a round."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import column, select, table

from panel_app.accounts.models import Person, RoleGrant
from panel_app.accounts.rules import PersonState
from panel_app.foundation.actors import Role
from panel_app.foundation.database import reading
from panel_app.programmes.rules.people import Helper

# Who sits on the round's panel bears on whether there are people enough; the tables are a later stage's, so they are
# named here, not imported.
SEATS = table("seat", column("round_id"), column("member_id"))
MEMBERS = table("member", column("id"), column("person_id"))
IS_HERE = Person.state.in_([PersonState.INVITED, PersonState.ACTIVE])


@dataclass(frozen=True)
class PersonWithRole:
    """A person and one of their roles in a round."""

    key: str
    name: str
    role: Role


def helpers(round_id: int) -> list[Helper]:
    """Everybody with a role in the round or a seat on its panel whose account isn't closed, by id. Two statements."""
    return helpers_of([round_id])[round_id]


def helpers_of(round_ids: Collection[int]) -> Mapping[int, list[Helper]]:
    """The same for several rounds, by the round's id; an empty list where there is nobody. Two statements."""
    roles: dict[int, dict[int, set[Role]]] = {each: defaultdict(set) for each in round_ids}
    granted = select(RoleGrant.round_id, RoleGrant.person_id, RoleGrant.role)
    granted = granted.join(Person, Person.id == RoleGrant.person_id).where(RoleGrant.round_id.in_(round_ids), IS_HERE)
    for round_id, person_id, role in reading().execute(granted):
        roles[round_id or 0][person_id].add(role)
    seats = select(SEATS.c.round_id, Person.id).join(MEMBERS, MEMBERS.c.person_id == Person.id)
    seats = seats.join(SEATS, SEATS.c.member_id == MEMBERS.c.id).where(SEATS.c.round_id.in_(round_ids), IS_HERE)
    seated: dict[int, set[int]] = {each: set() for each in round_ids}
    for round_id, person_id in reading().execute(seats):
        seated[round_id].add(person_id)
    return {
        round_id: [
            Helper(each, frozenset(roles[round_id][each]), each in seated[round_id])
            for each in sorted({*roles[round_id], *seated[round_id]})
        ]
        for round_id in round_ids
    }


def people_with_roles(round_id: int) -> list[PersonWithRole]:
    """The people with a role in the round whose account isn't closed, by name; 200 at most. One statement."""
    rows = reading().execute(
        select(Person.key, Person.name, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.round_id == round_id, IS_HERE)
        .order_by(Person.name, Person.id, RoleGrant.id)
        .limit(200)
    )
    return [PersonWithRole(*row) for row in rows]
