"""What a device may keep: the worker that serves a sheet without a line, and the count of devices that hold one."""

from pathlib import Path

from flask import Response, current_app, jsonify, render_template, url_for

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow, can, must
from panel_app.foundation.web.headers import PDF_WORKER
from panel_app.foundation.web.pages import asset
from panel_app.foundation.web.static_files import TWIN, static_file
from panel_app.scoring.forms import OfflineForm
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.offline import CopySize, copies_of
from panel_app.scoring.services.offline import erase_offline, keep_offline
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.shapes import TEXT_KINDS, field_titles
from panel_app.scoring.views.sheet_views import own_facts

READER = ("vendor/pdfjs/standard_fonts", "vendor/pdfjs/wasm", "vendor/pdfjs/iccs")


@bp.get("/offline-worker.js")
@allow(Who.ANYONE)
def worker() -> Response:
    """The service worker. It stands at the top, so that it can see whose answers come."""
    return static_file("worker/offline.js")


@bp.get("/offline")
@allow(Who.ANYONE)
def without_line() -> str:
    """What a browser shows for a page that isn't on this device while the line is down."""
    return render_template("scoring/without_line.html", titles=field_titles())


@bp.get("/reviews/<key:assignment_key>/offline")
@allow(Who.PANEL_MEMBER)
def offline_plan(assignment_key: str) -> Response:
    """What makes a portfolio whole on a device: addresses of its copies with their sizes, and the files of a reader."""
    facts = own_facts(assignment_key)
    must(can(actor(), SheetAct.WRITE, assignment_key))
    copies = copies_of(facts.portfolio_id)
    size = sum(copy.size + (copy.front or 0) for copy in copies)
    return jsonify(files=[_file(copy) for copy in copies], size=size, assets=_reader())


@bp.post("/reviews/<key:assignment_key>/offline")
@allow(Who.PANEL_MEMBER, on=("POST",))
def kept_offline(assignment_key: str) -> Response | tuple[Response, int]:
    """A device holds the portfolio now."""
    form = OfflineForm()
    if not form.validate():
        return jsonify(error=next(iter(form.errors.values()))[0]), 422
    keep_offline(actor(), assignment_key, form.device.data or "", files=form.files.data or 0, size=form.size.data or 0)
    return jsonify(kept=True)


@bp.post("/reviews/<key:assignment_key>/offline/erased")
@allow(Who.PANEL_MEMBER, on=("POST",))
def erased_offline(assignment_key: str) -> Response | tuple[Response, int]:
    """A device holds the portfolio no more."""
    form = OfflineForm()
    if not form.validate():
        return jsonify(error=next(iter(form.errors.values()))[0]), 422
    erase_offline(actor(), assignment_key, form.device.data or "")
    return jsonify(kept=False)


def _file(copy: CopySize) -> dict[str, str | int]:
    """A copy's address as the sheet opens it: its file, or its text; its first page's picture, if any; their size."""
    endpoint = "blind.copy_text" if copy.kind in TEXT_KINDS else "blind.copy"
    front = url_for("blind.front", copy_key=copy.key) if copy.front else ""
    return {"address": url_for(endpoint, copy_key=copy.key), "front": front, "size": copy.size + (copy.front or 0)}


def _reader() -> list[str]:
    """The parts of the PDF reader that a page asks for only when a file needs them."""
    folder = Path(current_app.static_folder or "")
    found = [path for part in READER for path in sorted((folder / part).glob("*")) if path.suffix != TWIN]
    own = [url_for("static", filename=path.relative_to(folder).as_posix()) for path in found]
    return [asset("vendor/pdfjs/pdf.min.mjs"), asset(PDF_WORKER), *own]
