"""The history of one's own sheet: every field's texts in steps of time, compared with now, and brought back."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, request, url_for
from flask_babel import gettext

from panel_app.foundation.actors import actor
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import Who, allow, can, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import only
from panel_app.foundation.words import N_
from panel_app.scoring.forms import RestoreForm
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.pages import WholeSheet
from panel_app.scoring.queries.sheets import versions_of
from panel_app.scoring.rules.fields import PART_TITLES, Part, SheetField, fields_of, is_text
from panel_app.scoring.rules.versions import Kind, Version, changes
from panel_app.scoring.services.restoring import restore_version
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.shapes import reference_words, time_words
from panel_app.scoring.views.sheet_views import own_sheet, zone_of


@dataclass(frozen=True)
class VersionRow:
    """A text as it stood: when, what leads from it to the text of now, and whether it stands now."""

    revision: int
    time: str
    value: str
    runs: tuple[tuple[Kind, str], ...]
    is_now: bool


@bp.route("/reviews/<key:assignment_key>/history", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def history(assignment_key: str) -> Answer:
    """What stood in one field, and when; a button brings it back while the sheet is open."""
    must(can(actor(), SheetAct.READ, assignment_key))
    whole = own_sheet(assignment_key)
    fields = fields_of([criterion.code for criterion in whole.criteria])
    field = _asked(whole, [each.name for each in fields])
    form = RestoreForm()
    return form_page(
        form,
        "scoring/history.html",
        save=lambda: restore_version(
            actor(),
            assignment_key,
            revision=form.revision.data or 0,
            shown=form.shown.data or 0,
            form_key=form.form_key.data or "",
        ),
        then=lambda name: url_for("scoring.history", assignment_key=assignment_key, field=name),
        done=N_("The earlier text stands on the sheet again. What it replaced is in this list."),
        showing=lambda: {"rows": _rows(whole, field), "form_key": new_key()},
        page=whole.facts,
        shown=whole.head.revision,
        field=field,
        choices={each.name: _title(each) for each in fields},
        may_write=bool(can(actor(), SheetAct.WRITE, assignment_key)),
    )


def _title(field: SheetField) -> str:
    """What the page calls a field of the sheet."""
    title = str(gettext(PART_TITLES[field.part]))
    return f"{field.criterion}: {title}" if field.criterion else title


def _asked(whole: WholeSheet, names: list[str]) -> str:
    """The field of the address, else the first text that has something. An unknown one is refused."""
    only("field")
    name = request.args.get("field", "")
    if name and name not in names:
        abort(400)
    filled = (each for each in names if is_text(each) and whole.values.get(each))
    return name or next(filled, names[0])


def _rows(whole: WholeSheet, field: str) -> list[VersionRow]:
    now, zone = whole.values.get(field, ""), zone_of(whole.facts)
    told = _references if field.endswith(f".{Part.REFERENCES}") else str
    found = versions_of(whole.head.id, field)
    return [_row(version, now, zone, told, is_first=at == 0) for at, version in enumerate(found)]


def _references(value: str) -> str:
    """References as a person reads them, one a line."""
    return "\n".join(reference_words(value))


def _row(version: Version, now: str, zone: str, told: Callable[[str], str], *, is_first: bool) -> VersionRow:
    return VersionRow(
        revision=version.revision,
        time=time_words(version.saved_at, zone),
        value=told(version.value),
        runs=tuple(changes(told(version.value), told(now))),
        is_now=is_first and version.value == now,
    )
