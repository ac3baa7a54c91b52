"""What happens in the register of conflicts. Ids and codes; reasons are private, names never stand here."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class FindingChanged(Happening):
    """A conflict was found, found changed, or found no longer."""

    tag: ClassVar[str] = "conflicts:finding:changed"
    finding_id: int
    member_id: int
    portfolio_id: int
    kind: str
    strength: str
    state: str


@happening
@dataclass(frozen=True, kw_only=True)
class FindingDecided(Happening):
    """A coordinator decided about a conflict: it stands, it is dismissed, or it is open again."""

    tag: ClassVar[str] = "conflicts:finding:decided"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    finding_id: int
    member_id: int
    portfolio_id: int
    act: str
    state: str
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class RoleConflictChanged(Happening):
    """A person with a role in the round must keep away from a portfolio, or no longer must."""

    tag: ClassVar[str] = "conflicts:role-conflict:changed"
    person_id: int
    portfolio_id: int
    stands: bool


@happening
@dataclass(frozen=True, kw_only=True)
class RoundChecked(Happening):
    """A coordinator had every pair of a round examined anew."""

    tag: ClassVar[str] = "conflicts:round:checked"
    round_id: int
