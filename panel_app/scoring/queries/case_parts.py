"""What assessors report, on the coordinator's page of a portfolio; and on how many devices it lies offline."""

from dataclasses import dataclass

from panel_app import clock
from panel_app.assignment.queries.people import member_names
from panel_app.foundation.actors import Actor
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_
from panel_app.portfolios.queries.case_parts import CasePart, case_part
from panel_app.portfolios.queries.cases import AssessmentRow
from panel_app.scoring.queries.offline import OfflineCount, offline_of
from panel_app.scoring.queries.reports import ReportRow, reports_about
from panel_app.scoring.rules.reports import KINDS, REPORT, ReportState


@dataclass(frozen=True)
class CaseReport:
    """A report as the coordinator reads it. `place`: such as E03, p. 12; `may_settle`: it waits for an answer."""

    key: str
    title: str
    label: str
    tone: str
    name: str
    place: str
    words: str
    raised: Shown
    held: int
    answer: str
    may_settle: bool


@case_part(25, N_("What assessors report"))
def reports(actor: Actor, assessment: AssessmentRow) -> CasePart | None:
    """The reports from the assessment's sheets; nothing where there was none. Two statements, one for none."""
    rows = reports_about(assessment.id)
    names = member_names([row.member_id for row in rows]) if rows else {}
    lines = [_line(row, names[row.member_id], actor.zone) for row in rows]
    return CasePart("scoring/report_part.html", lines) if lines else None


@case_part(26, N_("Kept offline"))
def offline(actor: Actor, assessment: AssessmentRow) -> CasePart | None:
    """How many devices hold the portfolio offline; nothing where none did. One statement."""
    count: OfflineCount = offline_of(assessment.id)
    return CasePart("scoring/offline_part.html", [count]) if count.devices or count.erased else None


def place_of(row: ReportRow) -> str:
    """Where it is, as an assessor says it: `E03, 12`; empty for the portfolio as a whole."""
    return ", ".join(each for each in (row.piece, row.page) if each)


def _line(row: ReportRow, name: str, own: str | None) -> CaseReport:
    return CaseReport(
        key=row.key,
        title=KINDS[row.kind].title,
        label=REPORT.title(row.state),
        tone=REPORT.tone(row.state).value,
        name=name,
        place=place_of(row),
        words=row.words,
        raised=shown(row.raised_at, row.zone, own, clock.now()),
        held=row.held,
        answer=row.answer,
        may_settle=row.state is ReportState.OPEN,
    )
