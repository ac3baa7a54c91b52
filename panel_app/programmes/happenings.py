"""What happens to programmes and rounds."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class FrameworkLoaded(Happening):
    """A version of a framework was loaded."""

    tag: ClassVar[str] = "programmes:framework:loaded"
    framework: str
    version: str
    digest: str


@happening
@dataclass(frozen=True, kw_only=True)
class RubricLoaded(Happening):
    """A version of a programme's rubric was loaded; `state` says whether it is published."""

    tag: ClassVar[str] = "programmes:rubric:loaded"
    programme: str
    version: str
    state: str
    digest: str


@happening
@dataclass(frozen=True, kw_only=True)
class RoundMade(Happening):
    """A round was made, as a draft."""

    tag: ClassVar[str] = "programmes:round:made"
    round_id: int
    code: str


@happening
@dataclass(frozen=True, kw_only=True)
class RoundEdited(Happening):
    """A draft of a round was changed; `changed` names what differs."""

    tag: ClassVar[str] = "programmes:round:edited"
    round_id: int
    changed: tuple[str, ...]


@happening
@dataclass(frozen=True, kw_only=True)
class RoundPublished(Happening):
    """A round was published: its rubric is pinned and its promise can't change any more."""

    tag: ClassVar[str] = "programmes:round:published"
    round_id: int
    promise_hash: str


@happening
@dataclass(frozen=True, kw_only=True)
class RoundEnded(Happening):
    """A round was ended."""

    tag: ClassVar[str] = "programmes:round:ended"
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class DatesMoved(Happening):
    """Published dates of a round moved. `moves`: which date → its wall-clock time before and after, in `zone`."""

    tag: ClassVar[str] = "programmes:dates:moved"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    round_id: int
    zone: str
    moves: dict[str, tuple[str, str]]
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class WorkingPolicyChanged(Happening):
    """A round's working policy got a new version."""

    tag: ClassVar[str] = "programmes:working-policy:changed"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    round_id: int
    version: int
    reason: str
