"""Score sheets: one assessor's levels and words per criterion, with every version kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, Sha256, holds, mapped_column, one_where
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import N_
from panel_app.scoring.rules.fields import Confidence, GlobalView
from panel_app.scoring.rules.reports import ReportKind, ReportState

__all__ = [
    "Confidence", "OfflineCopy", "ReportHold", "ReviewPlace", "ReviewSeed", "Score", "ScoreReference", "ScoreSheet",
    "SheetPace", "SheetReport", "SheetSave", "SubmittedVersion", "VersionTakenBack",
]  # fmt: skip


class ScoreSheet(Base):
    """One assignment's sheet. It has no state of its own: the assignment has; `revision` counts its saves."""

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("assignment_id"), UniqueConstraint("id", "rubric_id"))

    id: Mapped[Id]
    key: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubric.id"))
    revision: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    global_view: Mapped[GlobalView | None]
    saved_at: Mapped[datetime]


class Score(Base):
    """A level of one criterion of the sheet's rubric, why, how sure, and what the candidate reads.

    `unjudged`: the assessor can't judge it; the reason, `cannot_judge`, stays as typed when a level is
    chosen after all.
    """

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("sheet_id", "criterion_id"),
        ForeignKeyConstraint(["sheet_id", "rubric_id"], ["score_sheet.id", "score_sheet.rubric_id"]),
        ForeignKeyConstraint(["criterion_id", "rubric_id"], ["criterion.id", "criterion.rubric_id"]),
        ForeignKeyConstraint(["level_id", "criterion_id"], ["level.id", "level.criterion_id"]),
        holds("unjudged_has_no_level", "NOT unjudged OR level_id IS NULL"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int]
    rubric_id: Mapped[int]
    criterion_id: Mapped[int]
    level_id: Mapped[int | None]
    unjudged: Mapped[bool] = mapped_column(default=False)
    cannot_judge: Mapped[str | None] = mapped_column(Text)
    rationale: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence | None]
    feedback: Mapped[str] = mapped_column(Text, default="")


class ScoreReference(Base):
    """A place in the evidence that a score points to: in a piece, perhaps a page, and on it words or a box.

    `piece`: the label of a piece, or the id of a section. The box is in fractions of the page or picture. `copy_key`:
    the panel copy that was looked at; a newer one is looked through again.
    """

    __tablename__ = "score_reference"
    __table_args__ = (
        UniqueConstraint("score_id", "key"),
        UniqueConstraint("score_id", "position"),
        holds("page_from_one", "page IS NULL OR page >= 1"),
        holds(
            "box_is_whole",
            "(box_left IS NULL) = (box_top IS NULL) AND (box_left IS NULL) = (box_width IS NULL) "
            "AND (box_left IS NULL) = (box_height IS NULL)",
        ),
        holds(
            "box_lies_on_its_page",
            "box_left >= 0 AND box_top >= 0 AND box_width > 0 AND box_height > 0 "
            "AND box_left + box_width < 1.001 AND box_top + box_height < 1.001",
        ),
        holds("words_or_box", "quote = '' OR box_left IS NULL"),
    )

    id: Mapped[Id]
    score_id: Mapped[int] = mapped_column(ForeignKey("score.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    piece: Mapped[str] = mapped_column(String(64))
    page: Mapped[int | None]
    quote: Mapped[str] = mapped_column(Text, default="")
    nth: Mapped[int] = mapped_column(default=0)
    box_left: Mapped[float | None] = mapped_column(Float)
    box_top: Mapped[float | None] = mapped_column(Float)
    box_width: Mapped[float | None] = mapped_column(Float)
    box_height: Mapped[float | None] = mapped_column(Float)
    copy_key: Mapped[str] = mapped_column(String(40), default="")


class SheetSave(Base):
    """One save that arrived, kept for ever: its operation makes a replay harmless, its values are the history.

    `page` names the open page that sent it: what one page saves twice never clashes with itself.
    """

    __tablename__ = "sheet_save"
    __table_args__ = (
        UniqueConstraint("sheet_id", "operation"),
        UniqueConstraint("sheet_id", "revision"),
        Index("ix_sheet_save_sheet_id_field", "sheet_id", "field"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"))
    operation: Mapped[str] = mapped_column(String(100))
    page: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[int]
    field: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class SubmittedVersion(Base):
    """The sheet as it was submitted, each time. The first stays when a sheet is reopened.

    `content`: `{"scores": {"C1": {"level": 3, "cannot_judge": "", "rationale": …, "confidence": …, "feedback": …}},
    "note": …, "global_view": "pass", "outside_tools": ""}`; the last two are missing in versions from before they were
    asked for, and `outside_tools` says which tools saw evidence, nothing for none. `sha256` is the hash of its
    canonical JSON. `form_key` makes a second press the same submission. `grace_until`: until then its writer may take
    it back, and nothing that follows from it is opened to anyone; none in versions from before there was a grace.
    A score has `"references": […]` too, as in its field, from when they could be made.
    """

    __tablename__ = "submitted_version"
    __table_args__ = (UniqueConstraint("sheet_id", "number"), UniqueConstraint("sheet_id", "form_key"))

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"))
    number: Mapped[int]
    revision: Mapped[int]
    submitted_at: Mapped[datetime]
    is_complete: Mapped[bool]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[Sha256]
    form_key: Mapped[str] = mapped_column(String(64))
    grace_until: Mapped[datetime | None]


class VersionTakenBack(Base):
    """A submitted version that its writer took back within the grace: kept, and counted nowhere."""

    __tablename__ = "version_taken_back"

    version_id: Mapped[int] = mapped_column(ForeignKey("submitted_version.id"), primary_key=True)
    at: Mapped[datetime]


class SheetReport(Base):
    """What an assessor tells the coordinator from the sheet: its kind, its place (`E03` and a page), their words."""

    __tablename__ = "sheet_report"
    __table_args__ = (
        UniqueConstraint("form_key"),
        Index("ix_sheet_report_assignment_id", "assignment_id"),
        Index("ix_sheet_report_state", "state", "kind"),
        holds("answered_unless_open", "(state = 'open') = (answered_at IS NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    kind: Mapped[ReportKind]
    state: Mapped[ReportState]
    piece: Mapped[str] = mapped_column(String(20), default="")
    page: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    raised_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    form_key: Mapped[str] = mapped_column(String(64))


class ReportHold(Base):
    """An assignment whose work a report put on hold; its answer lets the work go on."""

    __tablename__ = "report_hold"
    __table_args__ = (UniqueConstraint("report_id", "assignment_id"),)

    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("sheet_report.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)


class ReviewSeed(Base):
    """The seed that shuffles a member's reviews of equal date: drawn once, kept, so that the order can be shown."""

    __tablename__ = "review_seed"
    __table_args__ = (UniqueConstraint("member_id"),)

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    seed: Mapped[str] = mapped_column(String(32))
    drawn_at: Mapped[datetime]


class ReviewPlace(Base):
    """Where an assignment stands among its member's reviews of the same date: from their seed and its key."""

    __tablename__ = "review_place"
    __table_args__ = (UniqueConstraint("assignment_id"),)

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    place: Mapped[int]


class SheetPace(Base):
    """How long a sheet was worked on until its first submission, in minutes, pauses left out."""

    __tablename__ = "sheet_pace"
    __table_args__ = (UniqueConstraint("assignment_id"), holds("minutes_are_positive", "minutes > 0"))

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    minutes: Mapped[int]


class OfflineCopy(Base):
    """A portfolio that a member made available offline on a device; `bytes` in all, `erased_at` once it is gone."""

    __tablename__ = "offline_copy"
    __table_args__ = (
        one_where("uq_offline_copy_one_kept", "erased_at IS NULL", "assignment_id", "device"),
        holds("counts_are_whole", "files >= 0 AND bytes >= 0"),
    )

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    device: Mapped[str] = mapped_column(String(64))
    files: Mapped[int]
    bytes: Mapped[int]
    made_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


_AGAIN = N_("This sheet was saved from another page just now. Reload the page to see both.")
says("uq_score_sheet_assignment_id", N_("This score sheet is open already. Reload the page."))
says("uq_sheet_save_sheet_id_revision", _AGAIN)
says("uq_sheet_save_sheet_id_operation", _AGAIN)
says("uq_submitted_version_sheet_id_form_key", N_("This sheet was submitted already. Open My reviews to see it."))
says("uq_sheet_report_form_key", N_("This was sent already. Reload the page to see it."))
forbid("sheet_save_stays", "sheet_save", ("UPDATE", "DELETE"), "saves of a sheet are only added to")
forbid("version_taken_back_stays", "version_taken_back", ("UPDATE", "DELETE"), "what was taken back stays on record")
forbid("submitted_version_stays", "submitted_version", ("UPDATE", "DELETE"), "a submitted sheet is never changed")
