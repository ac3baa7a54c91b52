"""Who acts: the signed-in person as a frozen value, or the system itself."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask import Request, g


class Role(StrEnum):
    """What is granted to a person: per round, or (admin) for the installation."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    MODERATOR = "moderator"
    SIGNER = "signer"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Grant:
    """A role in one round (its id), or for the installation (`round_id` none)."""

    role: Role
    round_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """One person for one request or job, all hats at once. Nothing in it changes while the act runs."""

    person_id: int | None
    key: str
    name: str = ""
    grants: frozenset[Grant] = frozenset()
    is_candidate: bool = False
    member_id: int | None = None
    zone: str | None = None
    locale: str = "en"
    is_system: bool = False

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def some_zone(self) -> str:
        """Their zone, or UTC where nothing else is at hand: a time of their own, outside any round."""
        return self.zone or "UTC"

    @property
    def is_member(self) -> bool:
        return self.member_id is not None

    def holds(self, role: Role, round_id: int | None = None) -> bool:
        """Whether the role is granted in that round; without a round, in any."""
        return any(g.role == role and (round_id is None or g.round_id in (round_id, None)) for g in self.grants)

    def runs(self, round_id: int) -> bool:
        """Whether they coordinate that round; the system runs every round."""
        return self.is_system or self.holds(Role.COORDINATOR, round_id)

    def rounds(self, role: Role) -> frozenset[int]:
        """The ids of the rounds in which the role is granted."""
        return frozenset(g.round_id for g in self.grants if g.role == role and g.round_id is not None)


GUEST = Actor(person_id=None, key="guest")
SYSTEM = Actor(person_id=None, key="system", name="panel", is_system=True)

_loaders: list[Callable[[Request], Actor]] = []


def loads_actor(loader: Callable[[Request], Actor]) -> Callable[[Request], Actor]:
    """Declare how a request's person is found (accounts does, once)."""
    _loaders[:] = [loader]
    return loader


def load(request: Request) -> Actor:
    """The request's person, read in a short transaction of its own; a guest when nobody has signed in."""
    return _loaders[0](request) if _loaders else GUEST


def actor() -> Actor:
    """The person of the current request."""
    found = g.get("actor", GUEST)
    assert isinstance(found, Actor)
    return found
