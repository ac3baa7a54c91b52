"""Submitting and the receipt."""

from flask import Response, render_template, request, url_for

from panel_app.foundation.actors import actor
from panel_app.foundation.files.bounds import in_words
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.portfolios import services
from panel_app.portfolios.forms import SubmitForm
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.receipts import Receipt
from panel_app.portfolios.queries.receipts import receipt as read_receipt
from panel_app.portfolios.views import shapes
from panel_app.portfolios.views.blueprint import bp
from panel_app.portfolios.views.draft_shapes import ready_to_submit
from panel_app.portfolios.views.own_views import own_page


@bp.route("/portfolios/<key:portfolio_key>/submit", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def submit(portfolio_key: str) -> Answer:
    """What is missing, what would be handed in, and the button; five presses of it make one submission."""
    page = own_page(portfolio_key)
    form = SubmitForm(data={"form_key": new_key()})
    return form_page(
        form,
        "portfolios/submit.html",
        save=lambda: services.submit_portfolio(actor(), portfolio_key, form.form_key.data or ""),
        then=lambda _: url_for("portfolios.receipt", portfolio_key=portfolio_key),
        page=page.portfolio,
        **vars(ready_to_submit(page)),
        may_submit=bool(can(actor(), PortfolioAct.SUBMIT, portfolio_key)),
    )


@bp.get("/portfolios/<key:portfolio_key>/receipt")
@allow(Who.SIGNED_IN)
def receipt(portfolio_key: str) -> str:
    """The receipt of the last submit, or of the one that `?number=` names."""
    found = _own_receipt(portfolio_key)
    return render_template(
        "portfolios/receipt.html",
        receipt=found,
        submitted=shapes.instant(found.submitted_at, found.zone, seconds=True),
        closes=shapes.instant(found.closes_at, found.zone),
        pieces=[(row, in_words(row.size) if row.size is not None else "") for row in found.pieces],
        may_change=bool(can(actor(), PortfolioAct.WRITE, portfolio_key)),
    )


@bp.get("/portfolios/<key:portfolio_key>/receipt/<any(manifest, names):part>")
@allow(Who.SIGNED_IN)
def manifest(portfolio_key: str, part: str) -> Response:
    """The very bytes whose SHA-256 is the receipt (or that the manifest names), so that anyone can check it."""
    found = _own_receipt(portfolio_key)
    answer = Response(found.manifest if part == "manifest" else found.names, mimetype="application/json")
    name = f"{found.reference}-{found.number}-{part}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _own_receipt(portfolio_key: str) -> Receipt:
    must(can(actor(), PortfolioAct.READ, portfolio_key))
    number = request.args.get("number", "")
    found = read_receipt(
        portfolio_key, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return found
