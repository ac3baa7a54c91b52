"""What happens to plans, offers and assignments. Ids and codes; reasons lie in the private part."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class PlanMade(Happening):
    """A plan was drawn up: so many pairs, so many places left open."""

    tag: ClassVar[str] = "assignment:plan:made"
    round_id: int
    plan_id: int
    pairs: int
    missing: int


@happening
@dataclass(frozen=True, kw_only=True)
class PlanChanged(Happening):
    """A coordinator put a pair into a plan or took one out."""

    tag: ClassVar[str] = "assignment:plan:changed"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    round_id: int
    plan_id: int
    assessment_id: int
    member_id: int
    change: str
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class PlanDropped(Happening):
    """A plan was dropped; none of its offers went out."""

    tag: ClassVar[str] = "assignment:plan:dropped"
    round_id: int
    plan_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class PlanSent(Happening):
    """A plan was approved and its offers went out."""

    tag: ClassVar[str] = "assignment:plan:sent"
    round_id: int
    plan_id: int
    offers: int


@dataclass(frozen=True, kw_only=True)
class AboutAssignment(Happening):
    """Base of what happens to one assignment; `act` is the act of the table of states that did it."""

    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    assignment_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int
    member_id: int
    role: str
    act: str = ""
    reason: str = ""


@happening
@dataclass(frozen=True, kw_only=True)
class OfferMade(AboutAssignment):
    """A member was asked to assess a portfolio. `plan_id`: with the other offers of a plan."""

    tag: ClassVar[str] = "assignment:offer:made"
    plan_id: int | None = None


@happening
@dataclass(frozen=True, kw_only=True)
class OfferAccepted(AboutAssignment):
    """A panel member accepted an offer."""

    tag: ClassVar[str] = "assignment:offer:accepted"


@happening
@dataclass(frozen=True, kw_only=True)
class WorkStarted(AboutAssignment):
    """An assessor began to score, or took a submitted sheet back."""

    tag: ClassVar[str] = "assignment:work:started"


@happening
@dataclass(frozen=True, kw_only=True)
class WorkSubmitted(AboutAssignment):
    """An assessor submitted the score sheet."""

    tag: ClassVar[str] = "assignment:work:submitted"


@happening
@dataclass(frozen=True, kw_only=True)
class WorkReopened(AboutAssignment):
    """A submitted score sheet was opened again, with a reason; both versions stay."""

    tag: ClassVar[str] = "assignment:work:reopened"


@happening
@dataclass(frozen=True, kw_only=True)
class WorkSuspended(AboutAssignment):
    """Work was put on hold: a conflict appeared late, or an assessor reported something."""

    tag: ClassVar[str] = "assignment:work:suspended"
    cause: str


@happening
@dataclass(frozen=True, kw_only=True)
class WorkResumed(AboutAssignment):
    """A coordinator let suspended work go on, or a submitted sheet stand."""

    tag: ClassVar[str] = "assignment:work:resumed"


@happening
@dataclass(frozen=True, kw_only=True)
class AssignmentEnded(AboutAssignment):
    """An assignment ended without a sheet; `act` says how: declined, deferred, recalled, recused, expired and so on."""

    tag: ClassVar[str] = "assignment:assignment:ended"


@happening
@dataclass(frozen=True, kw_only=True)
class DueMoved(AboutAssignment):
    """The day on which one assessor's score sheet is due moved to a later one."""

    tag: ClassVar[str] = "assignment:due:moved"
    due_at: str


@happening
@dataclass(frozen=True, kw_only=True)
class PlaceUnfilled(Happening):
    """Nobody is left to be asked for a place: a coordinator must look for someone."""

    tag: ClassVar[str] = "assignment:place:unfilled"
    assessment_id: int
    portfolio_id: int
    round_id: int
    role: str
