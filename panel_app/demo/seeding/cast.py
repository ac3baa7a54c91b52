"""The demo's people by short names: p01 a candidate, m01 a panel member, coordinator-1 and so on those with a role."""

from collections import Counter
from dataclasses import dataclass

from panel_app.accounts.queries import person_by_address
from panel_app.accounts.services import actor_of, add_person, grant_role
from panel_app.demo.contents import DemoPerson, members, portfolios, staff
from panel_app.foundation.actors import SYSTEM, Actor, Role

PASSWORD = "nine quiet lanterns"
ADMIN = "admin"
ZONES = ("Europe/Lisbon", "Europe/Berlin", "America/Toronto", "Asia/Singapore", "Africa/Nairobi")


@dataclass(frozen=True)
class Player:
    """A person of the demo: the short name, who they are, and the zone in which they read times."""

    name: str
    person: DemoPerson
    zone: str


def players() -> tuple[Player, ...]:
    """Staff first (the admin adds the others), then members, then candidates."""
    return (*_staff(), *_members(), *_candidates())


def _staff() -> list[Player]:
    roles = Counter(each.role for each in staff())
    seen: Counter[str] = Counter()
    found = []
    for each in sorted(staff(), key=lambda one: one.role != ADMIN):
        seen[each.role] += 1
        name = each.role if roles[each.role] == 1 else f"{each.role}-{seen[each.role]}"
        found.append(Player(name, each.person, ZONES[0]))
    return found


def _members() -> list[Player]:
    return [Player(each.key, each.person, ZONES[number % len(ZONES)]) for number, each in enumerate(members())]


def _candidates() -> list[Player]:
    return [Player(each.key, each.candidate, ZONES[number % len(ZONES)]) for number, each in enumerate(portfolios())]


class Cast:
    """Who acts, by short name; read anew each time, because roles and hats are added on the way."""

    def __init__(self) -> None:
        self.people = {each.name: each for each in players()}

    def __getitem__(self, name: str) -> Actor:
        person_id = person_by_address(self.people[name].person.email)
        assert person_id is not None, f"{name} is not there yet"
        return actor_of(person_id)

    def id_of(self, name: str) -> int:
        """The person's id."""
        person_id = self[name].person_id
        assert person_id is not None
        return person_id

    def add(self, name: str) -> None:
        """Add a person: the admin by the system, everybody else by the admin."""
        player = self.people[name]
        by = SYSTEM if name == ADMIN else self[ADMIN]
        person_id = add_person(by, player.person.name, player.person.email, password=PASSWORD, zone=player.zone)
        if name == ADMIN:
            grant_role(SYSTEM, person_id, Role.ADMIN)

    def grant(self, name: str, role: Role, round_id: int) -> None:
        """Let the admin grant a role in a round."""
        grant_role(self[ADMIN], self.id_of(name), role, round_id)
