"""Panel copies for who may read them blind: the right is a ground of a later stage (an assignment), or coordination.

Names, types and texts here come from the copy and the reference alone.
"""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from panel_app.foundation.actors import actor
from panel_app.foundation.files.markup import fragment_of
from panel_app.foundation.permissions import Refused, Who, allow, can, must
from panel_app.foundation.words import N_
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.services.reading import OpenedFile, Which, read_evidence
from panel_app.portfolios.views.file_views import file_address

bp = Blueprint("blind", __name__)

NO_TEXT = N_("This piece is no text: open the copy itself.")


@dataclass(frozen=True)
class CopyText:
    """A copy as text: lines that can be pointed at by number, or a clean fragment of a document."""

    label: str
    lines: tuple[str, ...]
    fragment: Markup | None


@bp.get("/reviews/copies/<key:copy_key>")
@allow(Who.SIGNED_IN)
def copy(copy_key: str) -> Response:
    """The panel copy: leads to a signed address of this session."""
    must(can(actor(), PortfolioAct.READ_PANEL_COPY, copy_key))
    return redirect(file_address(Which.PANEL_COPY, copy_key), 303)


@bp.get("/reviews/copies/<key:copy_key>/front")
@allow(Who.SIGNED_IN)
def front(copy_key: str) -> Response:
    """The picture of its first page, shown until the page is drawn: by the same right, in the same way."""
    must(can(actor(), PortfolioAct.READ_PANEL_COPY, copy_key))
    return redirect(file_address(Which.FRONT_PAGE, copy_key), 303)


@bp.get("/reviews/copies/<key:copy_key>/text")
@allow(Who.SIGNED_IN)
def copy_text(copy_key: str) -> str:
    """A text with line numbers, or a document (Word, Markdown) as clean HTML, on a page of its own."""
    return render_template("portfolios/copy_text.html", copy=read_copy_text(copy_key))


def read_copy_text(copy_key: str) -> CopyText:
    """The text of a panel copy that the actor may read. Raises Refused, also for a copy that is no text."""
    opened = read_evidence(actor(), copy_key, Which.PANEL_COPY)
    with opened.content:
        return _text_of(opened)


def _text_of(opened: OpenedFile) -> CopyText:
    label = opened.row.name.rpartition(".")[0]
    if opened.row.media_type.startswith("text/html"):
        whole = opened.content.read().decode("utf-8")
        return CopyText(label, (), Markup(fragment_of(whole)))  # noqa: S704  cleaned by the one sanitiser
    if opened.row.media_type.startswith("text/plain"):
        return CopyText(label, tuple(opened.content.read().decode("utf-8").splitlines()), None)
    raise Refused(NO_TEXT, moment=True)
