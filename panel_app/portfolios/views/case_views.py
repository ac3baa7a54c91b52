"""Coordinators' pages: the round's portfolios, one portfolio with its identity, extensions, copies, admission."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.foundation.actors import Role, actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.confirming import confirmed
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import page_number, pager
from panel_app.foundation.words import N_
from panel_app.portfolios import services
from panel_app.portfolios.forms import ExcludeForm, ExtendForm
from panel_app.portfolios.models import AssessmentStatus, PortfolioStatus
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.blocked import what_blocks
from panel_app.portfolios.queries.case_parts import case_parts
from panel_app.portfolios.queries.cases import CasePage, case_page
from panel_app.portfolios.queries.lists import HELD_BACK, PER_PAGE, Chosen, portfolios_of_round, ready_count
from panel_app.portfolios.queries.standing_facts import PortfolioFacts, assessment_facts, copy_facts, evidence_facts
from panel_app.portfolios.services.reading import Which, note_original_read
from panel_app.portfolios.views import case_shapes, shapes
from panel_app.portfolios.views.blueprint import bp
from panel_app.portfolios.views.file_views import file_address
from panel_app.programmes.queries import RoundView, round_by_key


@bp.get("/rounds/<key:round_key>/portfolios")
@allow(Who.COORDINATOR)
def listing(round_key: str) -> str:
    """Every portfolio of the round: where it stands, what blocks it, since when."""
    round_ = _own_round(round_key)
    chosen = _status_asked()
    number = page_number()
    rows, total = portfolios_of_round(actor(), round_.id, number, chosen)
    blocked = what_blocks(round_, rows)
    return render_template(
        "portfolios/listing.html",
        round=round_,
        closes=shapes.instant(round_.closes_at, round_.zone),
        has_closed=round_.closes_at < clock.now(),
        rows=[case_shapes.listed(row, round_, blocked[row.key]) for row in rows],
        page=pager(number, total, PER_PAGE),
        total=total,
        chosen=chosen or "",
        choices=case_shapes.choices(),
        ready=ready_count(actor(), round_.id),
    )


@bp.post("/rounds/<key:round_key>/portfolios/admit")
@allow(Who.COORDINATOR, on=("POST",))
def admit_all(round_key: str) -> Response:
    """Admit every ready portfolio whose deadline has passed."""
    admitted = services.admit_all(actor(), round_key)
    words = ngettext("%(num)s portfolio is admitted.", "%(num)s portfolios are admitted.", admitted)
    flash(words if admitted else gettext("None is ready with its deadline passed."), "good" if admitted else "note")
    return redirect(url_for("portfolios.listing", round_key=round_key), 303)


@bp.get("/rounds/<key:round_key>/portfolios/<key:portfolio_key>")
@allow(Who.COORDINATOR)
def case(round_key: str, portfolio_key: str) -> str:
    """One portfolio with its candidate: submissions, copies, extensions, and what later stages add."""
    page = _own_case(round_key, portfolio_key)
    row = page.portfolio
    return render_template(
        "portfolios/case.html",
        page=row,
        candidate=page.candidate,
        status=shapes.status_of(row),
        closes=shapes.instant(row.closes_at, row.zone),
        is_extended=row.closes_at > row.round_closes_at,
        assessments=[case_shapes.assessment(each, row) for each in page.assessments],
        pieces=[case_shapes.piece(each, page.copies.get(each.key), round_key) for each in page.pieces],
        submissions=[(each, shapes.instant(each.submitted_at, row.zone, seconds=True)) for each in page.submissions],
        extensions=[(each, shapes.instant(each.closes_at, row.zone)) for each in page.extensions],
        parts=case_parts(actor(), page.assessments),
        may_extend=bool(can(actor(), PortfolioAct.EXTEND, portfolio_key)),
    )


@bp.route("/rounds/<key:round_key>/portfolios/<key:portfolio_key>/extend", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def extend(round_key: str, portfolio_key: str) -> Answer:
    """Give one portfolio a later deadline, with a reason."""
    page = _own_case(round_key, portfolio_key).portfolio
    form = ExtendForm(zone=page.zone)
    return form_page(
        form,
        "portfolios/extend.html",
        save=lambda: services.extend_deadline(actor(), portfolio_key, form.until.data or "", form.reason.data or ""),
        then=lambda _: url_for("portfolios.case", round_key=round_key, portfolio_key=portfolio_key),
        done=N_("The later deadline holds, and a message to the candidate is on its way."),
        page=page,
        closes=shapes.instant(page.closes_at, page.zone),
    )


@bp.post("/rounds/<key:round_key>/assessments/<key:assessment_key>/admit")
@allow(Who.COORDINATOR, on=("POST",))
def admit(round_key: str, assessment_key: str) -> Response:
    """Admit one assessment."""
    facts = _of_round(round_key, assessment_facts(assessment_key))
    services.admit(actor(), assessment_key)
    flash(gettext("%(reference)s is admitted.", reference=facts.reference), "good")
    return redirect(url_for("portfolios.case", round_key=round_key, portfolio_key=facts.key), 303)


@bp.post("/rounds/<key:round_key>/copies/<key:copy_key>/retry")
@allow(Who.COORDINATOR, on=("POST",))
def retry_copy(round_key: str, copy_key: str) -> Response:
    """Make a held panel copy once more."""
    facts = _of_round(round_key, copy_facts(copy_key))
    services.retry_copy(actor(), copy_key)
    flash(gettext("The panel copy will be made again; this takes a minute."), "good")
    return redirect(url_for("portfolios.case", round_key=round_key, portfolio_key=facts.key), 303)


@bp.route("/rounds/<key:round_key>/copies/<key:copy_key>/exclude", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def exclude_copy(round_key: str, copy_key: str) -> Answer:
    """Leave a held piece out of what the panel sees, with a reason."""
    facts = _of_round(round_key, copy_facts(copy_key))
    page = _own_case(round_key, facts.key)
    piece = next(
        (each for each in page.pieces if page.copies.get(each.key) and page.copies[each.key].key == copy_key), None
    )
    form = ExcludeForm()
    return form_page(
        form,
        "portfolios/exclude.html",
        save=lambda: services.exclude_copy(actor(), copy_key, form.reason.data or ""),
        then=lambda key: url_for("portfolios.case", round_key=round_key, portfolio_key=key),
        done=N_("The panel won't see this piece."),
        page=page.portfolio,
        label=piece.label if piece else "",
    )


@bp.post("/rounds/<key:round_key>/originals/<key:evidence_key>")
@allow(Who.COORDINATOR, on=("POST",))
@confirmed()
def open_original(round_key: str, evidence_key: str) -> Response:
    """Open an original, which may say whose it is; this is kept in the history."""
    _of_round(round_key, evidence_facts(evidence_key))
    note_original_read(actor(), evidence_key)
    return redirect(file_address(Which.ORIGINAL, evidence_key), 303)


def _own_round(round_key: str) -> RoundView:
    round_ = round_by_key(round_key)
    if round_ is None or not actor().holds(Role.COORDINATOR, round_.id):
        raise Refused(NOT_FOUND)
    return round_


def _own_case(round_key: str, portfolio_key: str) -> CasePage:
    must(can(actor(), PortfolioAct.READ_CASE, portfolio_key))
    page = case_page(portfolio_key)
    if page is None or page.portfolio.round_key != round_key:
        raise Refused(NOT_FOUND)
    return page


def _of_round(round_key: str, facts: PortfolioFacts | None) -> PortfolioFacts:
    """The facts of a thing that lies in the address's round and whose portfolio the actor may open. Raises Refused."""
    if facts is None or facts.round_key != round_key:
        raise Refused(NOT_FOUND)
    must(can(actor(), PortfolioAct.READ_CASE, facts.key))
    return facts


def _status_asked() -> Chosen:
    asked = request.args.get("status", "")
    if asked in set(AssessmentStatus):
        return AssessmentStatus(asked)
    return PortfolioStatus(asked) if asked in set(PortfolioStatus) else HELD_BACK if asked == HELD_BACK else None
