"""Who may do what to people: admins look after people and roles, and see no portfolio."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.accounts.models import Person
from panel_app.accounts.rules import PersonState
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import NOT_FOUND, Act, policy, rule
from panel_app.foundation.words import N_


class PeopleAct(Act):
    """Acts on a person's account."""

    READ = "accounts:people:read"
    GRANT = "accounts:role:grant"
    WITHDRAW = "accounts:role:withdraw"
    DEACTIVATE = "accounts:person:deactivate"
    REACTIVATE = "accounts:person:reactivate"
    ERASE = "accounts:person:erase"


@dataclass(frozen=True)
class PersonFacts:
    """What the rules need to know of a person."""

    id: int
    state: PersonState


def facts(key: str) -> PersonFacts | None:
    """The facts of the person with this key. One statement."""
    row = reading().execute(select(Person.id, Person.state).where(Person.key == key)).one_or_none()
    return PersonFacts(*row) if row else None


def _is_admin(actor: Actor, _person: PersonFacts) -> bool:
    return actor.is_system or actor.holds(Role.ADMIN)


def _is_here(_actor: Actor, person: PersonFacts) -> bool:
    return person.state is not PersonState.ERASED


def _is_open(_actor: Actor, person: PersonFacts) -> bool:
    return person.state in (PersonState.INVITED, PersonState.ACTIVE)


def _is_another(actor: Actor, person: PersonFacts) -> bool:
    return actor.person_id != person.id


admins = rule(_is_admin, NOT_FOUND)
here = rule(_is_here, N_("This account was erased; nothing can be changed on it."), moment=True)
open_account = rule(_is_open, N_("This account is closed. Open it again first, then grant the role."), moment=True)
another = rule(_is_another, N_("You can't do this to your own account. Ask another admin."))

policy(
    facts,
    {
        PeopleAct.READ: admins,
        PeopleAct.GRANT: admins & here & open_account,
        PeopleAct.WITHDRAW: admins & here,
        PeopleAct.DEACTIVATE: admins & here & another,
        PeopleAct.REACTIVATE: admins & here & another,
        PeopleAct.ERASE: admins & here & another,
    },
)
