"""Short reports from a sheet: its assessor sends one, a coordinator settles it. Each pauses what must pause."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.assignment.happenings import AboutAssignment, AssignmentEnded, OfferAccepted, WorkReopened, WorkStarted
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts, assignment_facts_by_id
from panel_app.assignment.rules import AssignmentAct
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import Conflicted, locked, transaction
from panel_app.foundation.happenings import on, record
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_
from panel_app.portfolios.blind import blind_portfolio
from panel_app.portfolios.models import Assessment
from panel_app.scoring.happenings import ReportRaised, ReportSettled
from panel_app.scoring.models import ReportHold, SheetReport
from panel_app.scoring.policy import ReportAct
from panel_app.scoring.queries.reports import count_on_hold, pausing_everybody, report_facts
from panel_app.scoring.rules.reports import KINDS, PERSONAL, REPORT, Pause, ReportKind, ReportState, ReportStep

SAY_WHAT = N_("Write what you saw or want to know: the coordinator sees nothing else.")
ALREADY = N_(
    "You have told this already, and it is still open: it stands above. "
    "Wait for the answer before you add to it; what you typed stays here."
)
NO_PIECE = N_("There is no such piece in this portfolio. Choose one of the list.")


@dataclass(frozen=True)
class Report:
    """What an assessor reports: where (`piece` such as E03, `page` as typed, both may be empty) and in what words."""

    kind: ReportKind
    piece: str = ""
    page: str = ""
    words: str = ""


def raise_report(actor: Actor, assignment_key: str, report: Report, *, form_key: str) -> str:
    """Tell the coordinator; gives the report's key. The same `form_key` again gives the same report.

    One of a kind and piece is open at a time from a sheet: the same again gives that one, and nobody is told anew.
    Raises Refused to others and once the work is over; Conflicted where words or the piece are missing, and for other
    words while the first are unanswered.
    """
    with transaction() as db:
        facts = assignment_facts(assignment_key)
        if facts is None:
            raise Refused(NOT_FOUND)
        known = select(SheetReport.key).filter_by(assignment_id=facts.id, form_key=form_key)
        if (done := db.scalar(known)) is not None and actor.member_id == facts.member_id:
            return done
        _lock_assessments(db, facts.portfolio_id)
        must(can(actor, ReportAct.RAISE, assignment_key))
        _must_be_whole(facts, report)
        if (still_open := _still_open(db, facts, report)) is not None:
            return still_open
        row = _added(db, facts, report, form_key)
        held = assignment.hold_work(actor, _to_pause(facts, report.kind))
        db.add_all(ReportHold(report_id=row.id, assignment_id=each) for each in held)
        record(_raised(row, facts, held=len(held)), by=actor)
        return row.key


@dataclass(frozen=True)
class LetGo:
    """Of how many assessors, among those whose work a report held, the work goes on, and of how many it doesn't yet."""

    going: int = 0
    staying: int = 0


def answer_report(actor: Actor, key: str, words: str) -> LetGo:
    """Answer a report: its assessor reads the words, and what it held goes on, unless something else holds it.

    Raises Refused, ReasonMissing.
    """
    return _settle(actor, key, ReportStep.ANSWER, words)


def close_report(actor: Actor, key: str, words: str) -> LetGo:
    """Close a report with a reason; work on hold stays so. Raises Refused, ReasonMissing."""
    return _settle(actor, key, ReportStep.CLOSE, words)


def _must_be_whole(facts: AssignmentFacts, report: Report) -> None:
    if KINDS[report.kind].needs_words and not report.words.strip():
        raise Conflicted("words", SAY_WHAT)
    blind = blind_portfolio(facts.portfolio_id) if report.piece else None
    if report.piece and (blind is None or report.piece not in {piece.label for piece in blind.evidence}):
        raise Conflicted("piece", NO_PIECE)


def _still_open(db: Session, facts: AssignmentFacts, report: Report) -> str | None:
    """The key of what was told already and isn't answered. Raises Conflicted for other words about the same."""
    found = select(SheetReport).filter_by(assignment_id=facts.id, kind=report.kind, piece=report.piece)
    row = db.scalars(found.filter_by(state=ReportState.OPEN).order_by(SheetReport.id).limit(1)).one_or_none()
    if row is not None and report.words.strip() not in ("", row.words):
        raise Conflicted("words", ALREADY)
    return row.key if row else None


def _lock_assessments(db: Session, portfolio_id: int) -> None:
    """Lock a portfolio's assessments, in the order in which every act locks them, before any report of it.

    An assignment's end holds its assessment when it locks its reports: whoever locked a report first would wait for
    that end, and it for them.
    """
    rows = select(Assessment.id).filter_by(portfolio_id=portfolio_id).order_by(Assessment.id)
    db.execute(rows.with_for_update()).all()


def _added(db: Session, facts: AssignmentFacts, report: Report, form_key: str) -> SheetReport:
    row = SheetReport(
        key=new_key(),
        assignment_id=facts.id,
        kind=report.kind,
        state=ReportState.OPEN,
        piece=report.piece,
        page=report.page.strip(),
        words=report.words.strip(),
        raised_at=clock.now(),
        form_key=form_key,
    )
    db.add(row)
    db.flush()
    return row


def _to_pause(facts: AssignmentFacts, kind: ReportKind) -> list[str]:
    pause = KINDS[kind].pause
    if pause is Pause.EVERYBODY:
        return assignment.keys_at_work(facts.portfolio_id)
    return [facts.key] if pause is Pause.REPORTER else []


def _settle(actor: Actor, key: str, step: ReportStep, words: str) -> LetGo:
    with transaction() as db:
        must(can(actor, ReportAct.SETTLE, key))
        facts = report_facts(key)
        if facts is None:
            raise Refused(NOT_FOUND)
        _lock_assessments(db, facts.portfolio_id)
        row = locked(db, SheetReport, key=key)
        if row is None:
            raise Refused(NOT_FOUND)
        _move(row, step, words, by=actor)
        free = _held_by_this_alone(db, row) if step is ReportStep.ANSWER else []
        going = assignment.let_go_on(actor, free, row.answer)
        record(_settled(row, step, portfolio_id=facts.portfolio_id, round_id=facts.round_id), by=actor)
        return LetGo(going, count_on_hold(row.id))


def _move(row: SheetReport, step: ReportStep, words: str, *, by: Actor) -> None:
    row.state = REPORT.after(step, row.state)
    row.answer = REPORT.reason(step, words)
    row.answered_at, row.answered_by_id = clock.now(), by.person_id


def _held_by_this_alone(db: Session, row: SheetReport) -> list[int]:
    """What this report holds and no other open one does."""
    others = (
        select(ReportHold.assignment_id)
        .join(SheetReport, SheetReport.id == ReportHold.report_id)
        .where(SheetReport.state == ReportState.OPEN, SheetReport.id != row.id)
    )
    mine = select(ReportHold.assignment_id).where(ReportHold.report_id == row.id)
    return list(db.scalars(mine.where(ReportHold.assignment_id.not_in(others)).order_by(ReportHold.id)))


def _settled(row: SheetReport, step: ReportStep, *, portfolio_id: int, round_id: int) -> ReportSettled:
    return ReportSettled(
        report_id=row.id,
        assignment_id=row.assignment_id,
        portfolio_id=portfolio_id,
        round_id=round_id,
        kind=row.kind.value,
        act=step.value,
        reason=row.answer,
    )


def _raised(row: SheetReport, facts: AssignmentFacts, *, held: int) -> ReportRaised:
    return ReportRaised(
        report_id=row.id,
        assignment_id=facts.id,
        portfolio_id=facts.portfolio_id,
        round_id=facts.round_id,
        kind=row.kind.value,
        piece=row.piece,
        held=held,
    )


@on(AssignmentEnded)
def on_end(what: AssignmentEnded, by: Actor) -> None:
    """Where an assignment ends, what its assessor asked for themselves lapses; what concerns the evidence stays."""
    with transaction() as db:
        found = select(SheetReport).filter_by(assignment_id=what.assignment_id, state=ReportState.OPEN)
        for row in db.scalars(found.where(SheetReport.kind.in_(PERSONAL)).order_by(SheetReport.id).with_for_update()):
            _move(row, ReportStep.LAPSE, "", by=SYSTEM)
            record(_settled(row, ReportStep.LAPSE, portfolio_id=what.portfolio_id, round_id=what.round_id), by=SYSTEM)


@on(OfferAccepted)
def on_accepted(what: OfferAccepted, by: Actor) -> None:
    """An offer that is accepted while a report holds everybody's work."""
    _hold_with_all(what)


@on(WorkReopened)
def on_reopened(what: WorkReopened, by: Actor) -> None:
    """A sheet that is reopened meanwhile."""
    _hold_with_all(what)


@on(WorkStarted)
def on_taken_back(what: WorkStarted, by: Actor) -> None:
    """A sheet that is taken back meanwhile. What a coordinator let go on may be started."""
    if what.act == AssignmentAct.TAKE_BACK:
        _hold_with_all(what)


def _hold_with_all(what: AboutAssignment) -> None:
    """Work that comes up while reports hold all work on its portfolio is on hold for each of them too."""
    with transaction() as db:
        reports = pausing_everybody(what.portfolio_id)
        held = assignment.hold_work(SYSTEM, [assignment_facts_by_id(what.assignment_id).key]) if reports else []
        db.add_all(ReportHold(report_id=report_id, assignment_id=each) for each in held for report_id in reports)
        db.flush()
