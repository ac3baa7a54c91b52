"""Reads of who has a part in a round."""

from collections import defaultdict
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
    roles: dict[int, set[Role]] = defaultdict(set)
    granted = select(RoleGrant.person_id, RoleGrant.role).join(Person, Person.id == RoleGrant.person_id)
    for person_id, role in reading().execute(granted.where(RoleGrant.round_id == round_id, IS_HERE)):
        roles[person_id].add(role)
    seated = set(
        reading().scalars(
            select(Person.id)
            .join(MEMBERS, MEMBERS.c.person_id == Person.id)
            .join(SEATS, SEATS.c.member_id == MEMBERS.c.id)
            .where(SEATS.c.round_id == round_id, IS_HERE)
        )
    )
    return [Helper(each, frozenset(roles[each]), each in seated) for each in sorted({*roles, *seated})]


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
