"""A small application that shows every component with sample rows: long names, errors, no data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, current_app, flash, render_template
from flask_babel import Babel
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.wrappers import Response

from panel_app.foundation.web.typeset import whole
from tests.look import rows
from tests.look.sample_forms import ExtendForm, SheetForm

ROOT = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PAGES = ("desk", "portfolio", "outcome", "sheet", "form", "empty", "parts")
ERRORS = (400, 403, 404, 409, 413, 419, 422, 429, 500)


def create_gallery(theme: str | None = None) -> Flask:
    """Build the application; `theme` stands for the cookie of the same name."""
    app = Flask("gallery", static_folder=str(ROOT / "panel_app" / "static"), static_url_path="/static")
    app.config.update(SECRET_KEY="for-tests-only", WTF_CSRF_ENABLED=True)
    app.jinja_env.loader = ChoiceLoader(
        [FileSystemLoader(ROOT / "templates"), FileSystemLoader(ROOT / "tests/look/pages")]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["whole"] = whole
    Babel(app)
    CSRFProtect(app)
    app.jinja_env.globals.update(csrf_token=generate_csrf, asset=lambda path: f"/static/{path}?v=1")
    app.context_processor(lambda: {"theme": theme, "viewer": rows.VIEWER, "demo": False, "request_id": "7f3a91c2"})
    app.after_request(_with_policy)
    app.add_url_rule("/<any(desk, portfolio, outcome, sheet, empty, parts):page>", "page", _page)
    app.add_url_rule("/form", "form", _form, methods=["GET", "POST"])
    app.add_url_rule("/error/<int:code>", "error", _error)
    return app


def _with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _page(page: str) -> str:
    if page == "parts":
        for tone, text in (
            ("good", "The offer was sent."),
            ("bad", "One mail could not be sent."),
            ("wait", "A long one."),
        ):
            flash(text, tone)
    more: dict[str, Any] = {"demo": True} if page == "desk" else {}
    return render_template(f"{page}.html", nav=rows.NAV[page], page=rows, sheet_form=SheetForm(), **more)


def _form() -> str:
    form = ExtendForm()
    form.validate_on_submit()
    return render_template("form.html", nav=rows.NAV["desk"], page=rows, form=form)


def _error(code: int) -> tuple[str, int]:
    if code == 500:
        return current_app.jinja_env.get_template("errors/500.html").render(request_id="7f3a91c2"), 500
    kept = [("reason", "Typed before")]
    return render_template(f"errors/{code}.html", kept=kept, action="/form", typed=rows.TYPED), code
