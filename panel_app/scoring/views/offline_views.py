"""What a device may keep: the worker that serves a sheet without a line, and the count of devices that hold one."""

from flask import Response, current_app, jsonify, render_template, send_from_directory
from itsdangerous import Signer

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.scoring.forms import OfflineForm
from panel_app.scoring.services.offline import erase_offline, keep_offline
from panel_app.scoring.views.blueprint import bp

ACCOUNT = "X-Panel-Account"
KEEP = "X-Panel-Keep-Until"


@bp.get("/offline-worker.js")
@allow(Who.ANYONE)
def worker() -> Response:
    """The service worker. It stands at the top, so that it can see whose answers come."""
    answer = send_from_directory(current_app.static_folder or "", "worker/offline.js", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/offline")
@allow(Who.ANYONE)
def without_line() -> str:
    """What a browser shows for a page that isn't on this device while the line is down."""
    return render_template("scoring/without_line.html")


@bp.post("/reviews/<key:assignment_key>/offline")
@allow(Who.PANEL_MEMBER, on=("POST",))
def kept(assignment_key: str) -> Response | tuple[Response, int]:
    """A device holds the portfolio now."""
    form = OfflineForm()
    if not form.validate():
        return jsonify(error=next(iter(form.errors.values()))[0]), 422
    keep_offline(actor(), assignment_key, form.device.data or "", files=form.files.data or 0, size=form.size.data or 0)
    return jsonify(kept=True)


@bp.post("/reviews/<key:assignment_key>/offline/erased")
@allow(Who.PANEL_MEMBER, on=("POST",))
def erased(assignment_key: str) -> Response | tuple[Response, int]:
    """A device holds the portfolio no more."""
    form = OfflineForm()
    if not form.validate():
        return jsonify(error=next(iter(form.errors.values()))[0]), 422
    erase_offline(actor(), assignment_key, form.device.data or "")
    return jsonify(kept=False)


@bp.after_app_request
def name_account(answer: Response) -> Response:
    """Mark each answer to a person with a sign of the account that tells nothing: a device keeps for one account alone.

    What lies there for another is erased at the first answer with a different sign.
    """
    viewer = actor()
    if viewer.signed_in:
        answer.headers[ACCOUNT] = _sign_of(viewer.person_id or 0)
    return answer


def _sign_of(person_id: int) -> str:
    signer = Signer(current_app.config["SECRET_KEY"], salt="scoring.account")
    return signer.get_signature(str(person_id)).decode()
