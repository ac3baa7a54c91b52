"""Submitting: everything is saved and checked, the levels are shown once more, then one button."""

from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask_babel import gettext

from panel_app.assignment.rules import ASSIGNMENT, AssignmentAct, AssignmentState
from panel_app.foundation.actors import actor
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import Who, allow, can, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.scoring.forms import SubmitForm
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.grace import grace_minutes
from panel_app.scoring.queries.pages import WholeSheet
from panel_app.scoring.queries.writers import writer_of
from panel_app.scoring.rules.completeness import missing
from panel_app.scoring.services import submit_sheet, take_back_sheet
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.chosen_shapes import ChosenLevel, chosen_levels, view_words
from panel_app.scoring.views.shapes import SheetPage
from panel_app.scoring.views.sheet_views import own_facts, own_sheet, page_of, save_form, sheet_answer


@dataclass(frozen=True)
class OnceMore:
    """What is shown before the button: the sheet, its levels, view and note; `form_key` is for one press.

    `grace`: for how many minutes it can be taken back.
    """

    page: SheetPage
    chosen: list[ChosenLevel]
    note: str
    view: str
    grace: int
    form_key: str


@bp.post("/reviews/<key:assignment_key>/check")
@allow(Who.PANEL_MEMBER, on=("POST",))
def check(assignment_key: str) -> Answer:
    """Save what is on the screen and list what is missing; when nothing is, lead on to the confirmation."""
    form, saved = save_form(assignment_key)
    whole = own_sheet(assignment_key)
    gaps = missing(whole.values, whole.scales, writer_of(actor(), whole.facts.reference))
    if gaps or saved.clashes or saved.refused:
        return sheet_answer(whole, form=form, saved=saved, gaps=gaps)
    return redirect(url_for("scoring.submit", assignment_key=assignment_key), 303)


@bp.post("/reviews/<key:assignment_key>/take-back")
@allow(Who.PANEL_MEMBER, on=("POST",))
def take_back(assignment_key: str) -> Answer:
    """Open a sheet again that was submitted just now."""
    take_back_sheet(actor(), assignment_key)
    flash(gettext(str(ASSIGNMENT.acts[AssignmentAct.TAKE_BACK].done)), "good")
    return redirect(url_for("scoring.sheet", assignment_key=assignment_key), 303)


@bp.route("/reviews/<key:assignment_key>/submit", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def submit(assignment_key: str) -> Answer:
    """The levels once more, never the mean, and the button that submits them."""
    facts = own_facts(assignment_key)
    if facts.state is AssignmentState.SUBMITTED:
        return redirect(url_for("scoring.sheet", assignment_key=assignment_key), 303)
    must(can(actor(), SheetAct.SUBMIT, assignment_key))
    whole = own_sheet(assignment_key)
    if gaps := missing(whole.values, whole.scales, writer_of(actor(), whole.facts.reference)):
        return sheet_answer(whole, gaps=gaps)
    form = SubmitForm()
    return form_page(
        form,
        "scoring/submit.html",
        save=lambda: submit_sheet(actor(), assignment_key, **form.shown(), outside_tools=form.declared()),
        then=lambda _: url_for("scoring.reviews"),
        done=ASSIGNMENT.acts[AssignmentAct.SUBMIT].done,
        showing=lambda: vars(_once_more(whole)),
    )


def _once_more(whole: WholeSheet) -> OnceMore:
    return OnceMore(
        page=page_of(whole, whole.values),
        chosen=chosen_levels(whole),
        note=whole.head.note,
        view=view_words(whole),
        grace=grace_minutes(whole.facts.round_id, whole.head.id),
        form_key=new_key(),
    )
