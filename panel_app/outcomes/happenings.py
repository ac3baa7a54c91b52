"""What happens to outcomes. Ids and codes; never a result before its release, as the history is read earlier."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@dataclass(frozen=True, kw_only=True)
class AboutOutcome(Happening):
    """Base of what happens to one outcome."""

    outcome_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class OutcomeProposed(AboutOutcome):
    """The decision rule was applied and an outcome proposed."""

    tag: ClassVar[str] = "outcomes:outcome:proposed"
    number: int


@happening
@dataclass(frozen=True, kw_only=True)
class CriterionStruck(AboutOutcome):
    """A signer struck a criterion from those to resubmit, with a reason."""

    tag: ClassVar[str] = "outcomes:criterion:struck"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    criterion_id: int
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class OutcomeSigned(AboutOutcome):
    """A signer signed an outcome; `missing` signatures are still awaited."""

    tag: ClassVar[str] = "outcomes:outcome:signed"
    signature_id: int
    missing: int


@happening
@dataclass(frozen=True, kw_only=True)
class OutcomeDropped(AboutOutcome):
    """A proposal was dropped: sent back by a signer, or its assessment is looked at again."""

    tag: ClassVar[str] = "outcomes:outcome:dropped"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    act: str
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class ReleasePrepared(Happening):
    """A release was prepared: so many outcomes leave at its time."""

    tag: ClassVar[str] = "outcomes:release:prepared"
    release_id: int
    round_id: int
    number: int
    count: int
    due_at: str


@happening
@dataclass(frozen=True, kw_only=True)
class ReleaseMoved(Happening):
    """The time of a prepared release moved with the round's date."""

    tag: ClassVar[str] = "outcomes:release:moved"
    release_id: int
    round_id: int
    due_at: str


@happening
@dataclass(frozen=True, kw_only=True)
class ReleaseDone(Happening):
    """The outcomes of a release left, with a message to each candidate."""

    tag: ClassVar[str] = "outcomes:release:done"
    release_id: int
    round_id: int
    number: int
    count: int


@happening
@dataclass(frozen=True, kw_only=True)
class OutcomeReleased(AboutOutcome):
    """An outcome was released: its candidate can read it from now on."""

    tag: ClassVar[str] = "outcomes:outcome:released"
    release_id: int
