"""Evidence: adding files (a request each) and links, saying what they show, order, removal."""

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app.foundation.actors import actor
from panel_app.foundation.files.bounds import in_words
from panel_app.foundation.files.registry import KINDS
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.errors import wants_json
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_
from panel_app.portfolios import services
from panel_app.portfolios.forms import FileForm, LinkForm, evidence_form, field_name
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.drafts import DraftPage, PieceRow
from panel_app.portfolios.queries.standing_facts import evidence_facts
from panel_app.portfolios.services import AddedPiece, Announced
from panel_app.portfolios.views import shapes
from panel_app.portfolios.views.blueprint import bp
from panel_app.portfolios.views.own_views import own_page


@bp.route("/portfolios/<key:portfolio_key>/files", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def add_file(portfolio_key: str) -> Answer | FlaskResponse:
    """Upload one file; its script sends several, each in a request of its own, and reads JSON."""
    form = FileForm()
    if request.method == "POST" and wants_json() and form.validate():
        return jsonify(_added(portfolio_key, _upload(portfolio_key, form)))
    page = own_page(portfolio_key)
    outline = page.portfolio.outline
    return form_page(
        form,
        "portfolios/add_file.html",
        save=lambda: _upload(portfolio_key, form),
        then=lambda added: url_for("portfolios.evidence", evidence_key=added.key),
        done=N_("The file is here. Say what it shows."),
        page=page.portfolio,
        pieces=shapes.pieces_of(page),
        kinds=[kind.title for kind in KINDS.all()],
        limits=(in_words(outline.max_file_bytes), outline.max_files, in_words(outline.max_total_bytes)),
        may_change=bool(can(actor(), PortfolioAct.WRITE, portfolio_key)),
    )


@bp.route("/portfolios/<key:portfolio_key>/links", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def add_link(portfolio_key: str) -> Answer:
    """Add an address."""
    page, form = own_page(portfolio_key), LinkForm()
    return form_page(
        form,
        "portfolios/add_link.html",
        save=lambda: services.add_link(actor(), portfolio_key, **form.values()),
        then=lambda added: url_for("portfolios.evidence", evidence_key=added.key),
        done=N_("The address is here. Say what it shows."),
        page=page.portfolio,
    )


@bp.route("/portfolios/evidence/<key:evidence_key>", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def evidence(evidence_key: str) -> Answer:
    """What one piece shows, and which criteria and domains it bears on."""
    page, piece = _own_piece(evidence_key)
    targets = (*page.criteria, *page.domains)
    form = evidence_form(targets, piece.shows, piece.mappings)
    return form_page(
        form,
        "portfolios/evidence.html",
        save=lambda: services.describe_evidence(actor(), evidence_key, form.shows.data or "", form.mapped(targets)),
        then=lambda _: url_for("portfolios.show", portfolio_key=page.portfolio.key),
        done=N_("Saved."),
        page=page.portfolio,
        piece=shapes.piece_of(piece),
        criteria=[form[field_name(each.code)] for each in page.criteria],
        domains=[form[field_name(each.code)] for each in page.domains],
        may_change=bool(can(actor(), PortfolioAct.CHANGE_EVIDENCE, evidence_key)),
    )


@bp.post("/portfolios/evidence/<key:evidence_key>/<any(earlier, later):where>")
@allow(Who.SIGNED_IN, on=("POST",))
def move(evidence_key: str, where: str) -> Response:
    """Move a piece one place up or down its list."""
    page, piece = _own_piece(evidence_key)
    services.move_evidence(actor(), evidence_key, earlier=where == "earlier")
    anchor = f"piece-{piece.label}"
    return redirect(url_for("portfolios.show", portfolio_key=page.portfolio.key, _anchor=anchor), 303)


@bp.post("/portfolios/evidence/<key:evidence_key>/remove")
@allow(Who.SIGNED_IN, on=("POST",))
def remove(evidence_key: str) -> Response:
    """Take a piece out."""
    page, piece = _own_piece(evidence_key)
    services.remove_evidence(actor(), evidence_key)
    flash(gettext("%(label)s is removed.", label=piece.label), "good")
    return redirect(url_for("portfolios.show", portfolio_key=page.portfolio.key), 303)


def _own_piece(evidence_key: str) -> tuple[DraftPage, PieceRow]:
    facts = evidence_facts(evidence_key)
    if facts is None:
        raise Refused(NOT_FOUND)
    must(can(actor(), PortfolioAct.READ, facts.key))
    page = own_page(facts.key)
    piece = page.piece(evidence_key)
    if piece is None:
        raise Refused(NOT_FOUND)
    return page, piece


def _upload(portfolio_key: str, form: FileForm) -> AddedPiece:
    size = form.announced_size.data or ""
    announced = Announced(int(size) if size.isascii() and size.isdigit() else None, form.announced_sha256.data or None)
    sent = form.file.data
    return services.add_file(actor(), portfolio_key, sent.stream, sent.filename, announced)


def _added(portfolio_key: str, added: AddedPiece) -> dict[str, str]:
    href = url_for("portfolios.evidence", evidence_key=added.key)
    return {"key": added.key, "label": f"E{added.number:02d}", "href": href}
