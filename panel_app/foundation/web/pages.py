"""What every page knows: assets by content hash, the viewer, the navigation; and one way to show a form."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, flash, g, has_request_context, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.database import Conflicted
from panel_app.foundation.permissions import Refused, Who, allow
from panel_app.foundation.saying import say
from panel_app.foundation.states import NotFromHere, ReasonMissing
from panel_app.foundation.web.errors import status_of
from panel_app.foundation.web.forms import StageForm
from panel_app.foundation.web.typeset import whole
from panel_app.foundation.words import N_

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class NavItem:
    """One line of the navigation: for whom, its words and its page.

    `per_round`: its address has a round, so it stands on that round's pages alone; `everywhere`: it stands there too.
    """

    who: Who
    order: int
    text: str
    endpoint: str
    per_round: bool = False
    everywhere: bool = False


@dataclass(frozen=True)
class NavRow:
    """A line as a template prints it. `current`: `aria-current`'s value, "page", "true" on a page below it, or none."""

    text: str
    href: str
    current: str = ""


_NAV: list[NavItem] = []


def nav_item(
    who: Who, order: int, text: str, endpoint: str, *, per_round: bool = False, everywhere: bool = False
) -> None:
    """Add a page to the navigation; stages do this at their start."""
    item = NavItem(who, order, text, endpoint, per_round, everywhere)
    if item not in _NAV:
        _NAV.append(item)


def navigation(viewer: Actor) -> list[NavRow]:
    """The lines that this viewer gets on this page, with the one to whose section the page belongs marked."""
    round_key = (request.view_args or {}).get("round_key")
    in_round = bool(round_key) and any(item.per_round and item.who.covers(viewer) for item in _NAV)
    lines: dict[str, tuple[NavItem, str]] = {}
    for item in sorted(_NAV, key=lambda each: (each.order, each.text)):
        belongs = (item.per_round or item.everywhere) if in_round else not item.per_round
        if belongs and item.who.covers(viewer) and viewer.signed_in and item.endpoint not in lines:
            values = {"round_key": round_key} if item.per_round else {}
            lines[item.endpoint] = (item, url_for(item.endpoint, **values))
    here = max(lines.values(), key=lambda line: _nearness(*line), default=None)
    marked = here[0].endpoint if here and any(_nearness(*here)) else None
    return [NavRow(gettext(item.text), href, _mark(item, marked)) for item, href in lines.values()]


def _nearness(item: NavItem, href: str) -> tuple[bool, bool, bool, int]:
    """How near the page is to this line: it is the page, lies below it and is of its stage, is of its stage in this
    round, lies below it.
    """
    own = item.endpoint.partition(".")[0] == request.blueprint
    below = request.path.startswith(f"{href}/")
    return request.endpoint == item.endpoint, below and own, own and item.per_round, len(href) if below else 0


def _mark(item: NavItem, marked: str | None) -> str:
    if item.endpoint != marked:
        return ""
    return "page" if request.endpoint == item.endpoint else "true"


@lru_cache(maxsize=512)
def _content_hash(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(filename: str) -> str:
    """The address of a static file, with a hash of its content: it may be kept for ever."""
    path = Path(current_app.static_folder or "") / filename
    version = _content_hash(path, path.stat().st_mtime) if path.exists() else None
    return url_for("static", filename=filename, v=version)


def common() -> dict[str, Any]:
    """What each template may use; nothing where a mail is written, which knows no request's reader."""
    if not has_request_context():
        return {}
    viewer = actor()
    theme = request.cookies.get("theme")
    return {
        "viewer": viewer,
        "roles": sorted({grant.role.value for grant in viewer.grants}),
        "nav": navigation(viewer) if "actor" in g else [],
        "theme": theme if theme in ("light", "dark") else None,
        "demo": current_app.config["SETTINGS"].is_demo,
        "request_id": g.get("request_id", ""),
    }


def form_page(
    form: StageForm,
    template: str,
    save: Callable[[], Any],
    then: Callable[[Any], str],
    done: str = "",
    showing: Callable[[], Mapping[str, object]] = dict,
    **context: Any,
) -> Answer:
    """Show a form; on POST check it, run `save` and go to `then(result)`, saying `done`.

    A refusal or a refused row comes back on the same page with what was typed. Status 422, 403, 404 or 409.
    `showing` reads what the page shows when it is written, so that a refusal stands beside how things are by then.
    """
    if request.method == "GET":
        return render_template(template, form=form, **context, **showing())
    status = 422
    if form.validate():
        try:
            result = save()
        except Refused as refused:
            if refused.refusal.hidden:
                raise
            status = status_of(refused.refusal)
            form.refuse(gettext(refused.refusal.reason))
        except (NotFromHere, ReasonMissing) as moment:
            status = 409
            form.refuse(say(moment.sentence))
        except Conflicted as conflict:
            status = 409
            form.refuse(gettext(conflict.sentence), conflict.field)
        else:
            if done:
                flash(gettext(done), "good")
            return redirect(then(result))
    return render_template(template, form=form, **context, **showing()), status


def init_app(app: Flask) -> None:
    """Give templates their common names; static files are for anyone."""
    allow(Who.ANYONE)(app.view_functions["static"])
    app.context_processor(common)
    app.jinja_env.globals.update(asset=asset, say=say)
    app.jinja_env.filters.update(say=say, whole=whole)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


SAVED = N_("Saved.")
