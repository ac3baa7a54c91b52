"""What happens to accounts."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class SignedIn(Happening):
    """A person signed in."""

    tag: ClassVar[str] = "accounts:sign-in:begun"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SignedOut(Happening):
    """A person signed out."""

    tag: ClassVar[str] = "accounts:sign-in:ended"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class PersonAdded(Happening):
    """A person was added: by signing up, by an invitation or on the command line."""

    tag: ClassVar[str] = "accounts:person:added"
    person_id: int
    how: str


@happening
@dataclass(frozen=True, kw_only=True)
class RoleGranted(Happening):
    """A role was granted to a person."""

    tag: ClassVar[str] = "accounts:role:granted"
    person_id: int
    role: str
    round_id: int | None
