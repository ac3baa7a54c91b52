"""What happens on the panel. Ids and codes; never a name."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class MemberSeated(Happening):
    """A panel member was given a place on a round's panel."""

    tag: ClassVar[str] = "panel:seat:given"
    member_id: int
    round_id: int
    capacity: int


@happening
@dataclass(frozen=True, kw_only=True)
class SeatChanged(Happening):
    """A panel member's capacity, days away or lead in a round changed."""

    tag: ClassVar[str] = "panel:seat:changed"
    member_id: int
    round_id: int
    capacity: int
    is_lead: bool


@happening
@dataclass(frozen=True, kw_only=True)
class MemberChanged(Happening):
    """A panel member's credential, organisations, other names or domains changed."""

    tag: ClassVar[str] = "panel:member:changed"
    member_id: int
    fields: tuple[str, ...]


@happening
@dataclass(frozen=True, kw_only=True)
class DeclarationChanged(Happening):
    """A panel member declared an interest, or withdrew a declaration."""

    tag: ClassVar[str] = "panel:declaration:changed"
    member_id: int
    declaration_id: int
    state: str


@happening
@dataclass(frozen=True, kw_only=True)
class InterestsChecked(Happening):
    """A panel member said that there is nothing more to declare."""

    tag: ClassVar[str] = "panel:interests:checked"
    member_id: int
