"""A section on a page of its own, saved as typed; the plain form works without script."""

from flask import Response, jsonify, url_for

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can
from panel_app.foundation.times import to_wall
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_
from panel_app.portfolios import services
from panel_app.portfolios.forms import SectionForm
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.services import NewerText
from panel_app.portfolios.views.blueprint import bp
from panel_app.portfolios.views.bodies import json_body
from panel_app.portfolios.views.draft_shapes import written_section
from panel_app.portfolios.views.own_views import own_page


@bp.route("/portfolios/<key:portfolio_key>/sections/<section>", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def section(portfolio_key: str, section: str) -> Answer:
    """Write one section."""
    page = own_page(portfolio_key)
    found = page.portfolio.outline.section(section)
    if found is None:
        raise Refused(NOT_FOUND)
    written = written_section(page, section)
    form = SectionForm(data={"text": written.stored.text, "revision": written.stored.revision})
    return form_page(
        form,
        "portfolios/section.html",
        save=lambda: services.save_section(actor(), portfolio_key, section, **form.values()),
        then=lambda _: url_for("portfolios.show", portfolio_key=portfolio_key),
        done=N_("The section is saved."),
        page=page.portfolio,
        section=found,
        **vars(written),
        is_newer=form.is_submitted() and (form.revision.data or 0) != written.stored.revision,
        may_change=bool(can(actor(), PortfolioAct.WRITE, portfolio_key)),
    )


@bp.patch("/portfolios/<key:portfolio_key>/sections/<section>")
@allow(Who.SIGNED_IN, on=("PATCH",))
def autosave(portfolio_key: str, section: str) -> Response:
    """Keep what is typed: `{"text": …, "revision": n}` → the new revision and when it was saved."""
    body = json_body(text=str, revision=int)
    saved = services.save_section(actor(), portfolio_key, section, body["text"], revision=body["revision"])
    at = to_wall(clock.now(), actor().some_zone)[11:]
    return jsonify(revision=saved.revision, saved=at, words=saved.words)


@bp.errorhandler(NewerText)
def newer_text(error: NewerText) -> tuple[Response, int]:
    """409 with the text that stands now, so that the person can choose."""
    return jsonify(error=error.sentence, text=error.text, revision=error.revision), 409
