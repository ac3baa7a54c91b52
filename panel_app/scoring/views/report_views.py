"""Short reports: an assessor sends one from the sheet and reads what became of it; a coordinator answers it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, request, url_for
from flask_babel import gettext, ngettext

from panel_app import clock
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import only
from panel_app.portfolios.blind import blind_portfolio
from panel_app.scoring import services
from panel_app.scoring.forms import ReportForm, SettleForm
from panel_app.scoring.policy import ReportAct
from panel_app.scoring.queries.case_parts import place_of
from panel_app.scoring.queries.reports import ReportRow, report_facts, reports_of
from panel_app.scoring.rules.reports import KINDS, REPORT, Pause, ReportKind, ReportStep
from panel_app.scoring.services import LetGo, Report
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.sheet_views import own_facts

_SETTLING: dict[ReportStep, Callable[[Actor, str, str], LetGo]] = {
    ReportStep.ANSWER: services.answer_report,
    ReportStep.CLOSE: services.close_report,
}


@dataclass(frozen=True)
class OwnReport:
    """A report as its assessor reads it; `next` only while it is open."""

    title: str
    label: str
    tone: str
    place: str
    words: str
    raised: Shown
    next: str
    answer: str


@bp.route("/reviews/<key:assignment_key>/report", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def report(assignment_key: str) -> Answer:
    """Five short reports, what each pauses, and what became of those that were sent."""
    facts = own_facts(assignment_key)
    must(can(actor(), ReportAct.READ, assignment_key))
    blind = blind_portfolio(facts.portfolio_id)
    labels = [piece.label for piece in blind.evidence] if blind else []
    form = ReportForm(pieces=labels, data={**_asked(labels), "form_key": new_key()})
    may_raise = can(actor(), ReportAct.RAISE, assignment_key)
    return form_page(
        form,
        "scoring/report.html",
        save=lambda: services.raise_report(
            actor(), assignment_key, Report(**form.report()), form_key=form.form_key.data or ""
        ),
        then=lambda _: _after(assignment_key, ReportKind(form.kind.data)),
        done=KINDS[ReportKind(form.kind.data)].next if form.kind.data in set(ReportKind) else "",
        showing=lambda: {"rows": [_own(row, facts.zone) for row in reports_of(facts.id)]},
        page=facts,
        may_raise=bool(may_raise),
        kinds=[(kind.value, KINDS[kind]) for kind in ReportKind],
    )


@bp.route(
    "/rounds/<key:round_key>/reports/<key:report_key>/<any(answer, close):act>",
    methods=["GET", "POST"],
)
@allow(Who.COORDINATOR, on=("GET", "POST"))
def settle_report(round_key: str, report_key: str, act: str) -> Answer:
    """Answer an assessor's report, or close it, with words that they read."""
    found, step = _of_round(round_key, report_key), ReportStep(act)
    form = SettleForm()
    back = url_for("portfolios.case", round_key=found.round_key, portfolio_key=found.portfolio_key)
    return form_page(
        form,
        "scoring/report_settle.html",
        save=lambda: _SETTLING[step](actor(), report_key, form.words.data or ""),
        then=lambda let_go: _say_what_goes_on(step, let_go, back),
        found=found,
        telling=KINDS[found.kind],
        place=place_of(found),
        step=REPORT.acts[step],
        is_answer=step is ReportStep.ANSWER,
        back=back,
    )


def _say_what_goes_on(step: ReportStep, let_go: LetGo, back: str) -> str:
    """Say what was done, and of what the report held what goes on and what doesn't; gives the next page."""
    flash(gettext(REPORT.acts[step].done), "good")
    going, staying = let_go.going, let_go.staying
    if going:
        flash(
            ngettext("The work of %(num)s assessor goes on.", "The work of %(num)s assessors goes on.", going), "good"
        )
    if step is ReportStep.ANSWER and staying:
        words = ngettext(
            "The work of %(num)s assessor stays on hold: another report or a conflict holds it.",
            "The work of %(num)s assessors stays on hold: another report or a conflict holds it.",
            staying,
        )
        flash(words, "note")
    return back


def _asked(labels: list[str]) -> dict[str, str]:
    """What the address chose: a kind and a piece. An unknown one is refused, not passed over."""
    if request.method != "GET":
        return {}
    only("kind", "piece")
    kind, piece = request.args.get("kind", ""), request.args.get("piece", "")
    is_known = not kind or kind in set(ReportKind)
    if not is_known or piece not in ("", *labels):
        abort(400)
    return {"kind": kind, "piece": piece}


def _after(assignment_key: str, kind: ReportKind) -> str:
    """To the sheet, or where work stops, to the reports: they say what happens next."""
    endpoint = "scoring.sheet" if KINDS[kind].pause is Pause.NOBODY else "scoring.report"
    return url_for(endpoint, assignment_key=assignment_key)


def _own(row: ReportRow, zone: str) -> OwnReport:
    is_open = bool(REPORT.acts_from(row.state))
    return OwnReport(
        title=KINDS[row.kind].title,
        label=REPORT.title(row.state),
        tone=REPORT.tone(row.state).value,
        place=place_of(row),
        words=row.words,
        raised=shown(row.raised_at, zone, actor().zone, clock.now()),
        next=KINDS[row.kind].next if is_open else "",
        answer=row.answer,
    )


def _of_round(round_key: str, report_key: str) -> ReportRow:
    must(can(actor(), ReportAct.SETTLE, report_key))
    found = report_facts(report_key)
    if found is None or found.round_key != round_key:
        raise Refused(NOT_FOUND)
    return found
