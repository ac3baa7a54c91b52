"""What every page knows: assets by content hash, the viewer, the navigation; and one way to show a form."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, flash, g, has_request_context, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.database import Conflicted
from panel_app.foundation.permissions import Refused, Who
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
    """A line as a template prints it. `current`: "page" for the page itself, "true" for the one above it, else ""."""

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
    shown: dict[str, NavRow] = {}
    for item in sorted(_NAV, key=lambda each: (each.order, each.text)):
        belongs = (item.per_round or item.everywhere) if in_round else not item.per_round
        fits = belongs and item.who.covers(viewer) and viewer.signed_in
        if fits and item.endpoint not in shown:
            values = {"round_key": round_key} if item.per_round else {}
            shown[item.endpoint] = NavRow(gettext(item.text), url_for(item.endpoint, **values))
    here = _here({endpoint: row.href for endpoint, row in shown.items()})
    mark = "page" if here == request.endpoint else "true"
    return [replace(row, current=mark) if endpoint == here else row for endpoint, row in shown.items()]


def _here(hrefs: Mapping[str, str]) -> str | None:
    """The endpoint of the line under which this page lies, or none. `hrefs`: endpoint → address of each line.

    Its own line; else the longest address above the page's. A line that stands above others of the list (a round's
    own page) takes only pages of its stage; what it leaves goes to its stage's line in the same round.
    """
    if request.endpoint in hrefs:
        return request.endpoint
    own_stage = {each for each in hrefs if each.partition(".")[0] == request.blueprint}
    roots = {each for each, href in hrefs.items() if any(_is_under(other, href) for other in hrefs.values())}
    above = [each for each, href in hrefs.items() if _is_under(request.path, href)]
    fitting = [each for each in above if each in own_stage or each not in roots]
    if fitting:
        return max(fitting, key=lambda each: len(hrefs[each]))
    beside = [each for each in own_stage if any(_is_under(hrefs[each], hrefs[root]) for root in above)]
    return beside[0] if len(beside) == 1 else None


def _is_under(path: str, href: str) -> bool:
    return path.startswith(f"{href}/")


def asset(filename: str) -> str:
    """The address of a static file, with a hash of its content: it may be kept for ever."""
    path = os.path.join(current_app.static_folder or "", filename)
    try:
        changed = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        changed = None
    return _address(request.script_root if has_request_context() else None, filename, path, changed)


@lru_cache(maxsize=512)
def _address(_root: str | None, filename: str, path: str, changed: int | None) -> str:
    """Made once for each state of a file and each place of the application: a page names some forty of them."""
    version = None if changed is None else hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
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
    """Give templates their common names."""
    app.context_processor(common)
    app.jinja_env.globals.update(asset=asset, say=say)
    app.jinja_env.filters.update(say=say, whole=whole)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


SAVED = N_("Saved.")
