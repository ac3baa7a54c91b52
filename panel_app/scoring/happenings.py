"""What happens to score sheets. Ids and codes; levels and words stay in the sheet."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class SheetOpened(Happening):
    """An assessor got an empty score sheet."""

    tag: ClassVar[str] = "scoring:sheet:opened"
    sheet_id: int
    assignment_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SheetSubmitted(Happening):
    """An assessor submitted a score sheet; `number` counts its submissions, `sha256` is the hash of what it held."""

    tag: ClassVar[str] = "scoring:sheet:submitted"
    sheet_id: int
    assignment_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int
    number: int
    is_complete: bool
    sha256: str
