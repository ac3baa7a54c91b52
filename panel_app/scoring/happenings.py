"""What happens to score sheets. Ids and codes; levels and words stay in the sheet."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@dataclass(frozen=True, kw_only=True)
class AboutSheet(Happening):
    """Base of what happens to a score sheet as a whole."""

    sheet_id: int
    assignment_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SheetOpened(AboutSheet):
    """An assessor got an empty score sheet."""

    tag: ClassVar[str] = "scoring:sheet:opened"


@happening
@dataclass(frozen=True, kw_only=True)
class SheetSubmitted(AboutSheet):
    """An assessor submitted a score sheet; `number` counts its submissions, `sha256` is the hash of what it held."""

    tag: ClassVar[str] = "scoring:sheet:submitted"
    number: int
    is_complete: bool
    sha256: str


@happening
@dataclass(frozen=True, kw_only=True)
class SheetTakenBack(AboutSheet):
    """An assessor took a submitted score sheet back within the grace; the version stays on record."""

    tag: ClassVar[str] = "scoring:sheet:taken-back"
    number: int


@happening
@dataclass(frozen=True, kw_only=True)
class UnsentSheetRead(AboutSheet):
    """A coordinator read what an assessor had written and never submitted, with a reason."""

    tag: ClassVar[str] = "scoring:sheet:unsent-read"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AboutReport(Happening):
    """Base of what happens to a report from a sheet. Its words stay in its row."""

    report_id: int
    assignment_id: int
    portfolio_id: int
    round_id: int
    kind: str


@happening
@dataclass(frozen=True, kw_only=True)
class ReportRaised(AboutReport):
    """An assessor reported something from the score sheet; so many assignments were put on hold for it."""

    tag: ClassVar[str] = "scoring:report:raised"
    piece: str
    held: int


@happening
@dataclass(frozen=True, kw_only=True)
class ReportSettled(AboutReport):
    """A report was answered or closed."""

    tag: ClassVar[str] = "scoring:report:settled"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    act: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AboutOfflineCopy(Happening):
    """Base of what happens to a portfolio that is kept on a device."""

    assignment_id: int
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class OfflineCopyMade(AboutOfflineCopy):
    """An assessor made a portfolio available offline on a device."""

    tag: ClassVar[str] = "scoring:offline:made"
    files: int
    bytes: int


@happening
@dataclass(frozen=True, kw_only=True)
class OfflineCopyErased(AboutOfflineCopy):
    """A portfolio was erased from a device."""

    tag: ClassVar[str] = "scoring:offline:erased"


@happening
@dataclass(frozen=True, kw_only=True)
class SheetVersionRestored(Happening):
    """An assessor brought an earlier text of a field back. `revision`: the one at which it stood."""

    tag: ClassVar[str] = "scoring:sheet:restored"
    sheet_id: int
    assignment_id: int
    field: str
    revision: int
