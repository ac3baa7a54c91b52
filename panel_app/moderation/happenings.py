"""What happens to moderation cases. Ids and codes; reasons and answers lie in the private part."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class CaseOpened(Happening):
    """A moderation case was opened; `triggers` names what found something."""

    tag: ClassVar[str] = "moderation:case:opened"
    case_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int
    triggers: tuple[str, ...]


@happening
@dataclass(frozen=True, kw_only=True)
class CaseMoved(Happening):
    """A moderation case went on: to a third assessor, to the moderator, to an answer, to its close."""

    tag: ClassVar[str] = "moderation:case:moved"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    case_id: int
    move_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int
    act: str
    state: str
    reason: str = ""


@happening
@dataclass(frozen=True, kw_only=True)
class ReasonsAdded(Happening):
    """More reasons were found for a case that was open already."""

    tag: ClassVar[str] = "moderation:reasons:added"
    case_id: int
    assessment_id: int
    triggers: tuple[str, ...]


@happening
@dataclass(frozen=True, kw_only=True)
class LevelSet(Happening):
    """A moderator set the level of a criterion, with a reason; the score sheets stay as they are."""

    tag: ClassVar[str] = "moderation:level:set"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    case_id: int
    assessment_id: int
    criterion_id: int
    level_id: int
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class AssessmentDecidable(Happening):
    """All score sheets are in and nothing waits for an answer: an outcome can be proposed."""

    tag: ClassVar[str] = "moderation:assessment:decidable"
    assessment_id: int
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SampleDrawn(Happening):
    """The sample of a round was drawn; the seed repeats it. `drawn` counts the portfolios that a moderator now sees."""

    tag: ClassVar[str] = "moderation:sample:drawn"
    round_id: int
    seed: int
    size: int
    drawn: int
