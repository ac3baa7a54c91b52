"""The score sheet's page, and the page before it: start, or why it is shut."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for

from panel_app import clock
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.actors import actor
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.saying import say
from panel_app.foundation.times import shown
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.portfolios.blind import blind_portfolio
from panel_app.scoring.forms import SheetForm, StartForm, sheet_form
from panel_app.scoring.policy import SheetAct, sentence_for
from panel_app.scoring.queries.grace import open_until
from panel_app.scoring.queries.pages import WholeSheet, whole_sheet
from panel_app.scoring.queries.reports import reports_of
from panel_app.scoring.queries.sheets import sheet_head
from panel_app.scoring.rules.completeness import Missing, Values
from panel_app.scoring.rules.fields import is_text
from panel_app.scoring.services import FormSaved, save_sheet, start_scoring
from panel_app.scoring.views import shapes
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.chosen_shapes import chosen_levels, view_words
from panel_app.scoring.views.shelving import account_sign, keepable

S = AssignmentState


@bp.get("/reviews/<key:assignment_key>")
@allow(Who.PANEL_MEMBER)
def sheet(assignment_key: str) -> Answer:
    """The sheet; before its start the button for it; on hold the word for it; once submitted what was submitted."""
    facts = own_facts(assignment_key)
    if facts.state is S.OFFERED:
        return redirect(url_for("assignment.offer", assignment_key=assignment_key))
    if facts.state is S.ACCEPTED:
        return _start_page(facts)
    if facts.state is S.SUSPENDED:
        return _on_hold_page(facts)
    must(can(actor(), SheetAct.READ, assignment_key))
    whole = own_sheet(assignment_key)
    if facts.state is S.SUBMITTED:
        return _submitted_page(whole)
    return keepable(sheet_answer(whole), facts)


@bp.post("/reviews/<key:assignment_key>/start")
@allow(Who.PANEL_MEMBER, on=("POST",))
def start(assignment_key: str) -> Answer:
    """Start scoring: conflicts are checked again, and an empty sheet is made."""
    return _start_page(own_facts(assignment_key))


@bp.post("/reviews/<key:assignment_key>/save")
@allow(Who.PANEL_MEMBER, on=("POST",))
def save(assignment_key: str) -> Answer:
    """Save the whole form, for a page whose script doesn't run."""
    form, saved = save_form(assignment_key)
    if saved.clashes or saved.refused:
        return sheet_answer(own_sheet(assignment_key), form=form, saved=saved)
    flash(shapes.saved_words(saved.saved_at, saved.revision, zone_of(own_facts(assignment_key))), "good")
    return redirect(url_for("scoring.sheet", assignment_key=assignment_key), 303)


def own_facts(assignment_key: str) -> AssignmentFacts:
    """The facts of the actor's own assignment; another's and an unknown one are not found, alike. Raises Refused."""
    facts = assignment_facts(assignment_key)
    if facts is None or facts.member_id != actor().member_id:
        raise Refused(NOT_FOUND)
    return facts


def zone_of(facts: AssignmentFacts) -> str:
    """The zone in which the reader is told times: their own, else the round's."""
    return actor().zone or facts.zone


def own_sheet(assignment_key: str) -> WholeSheet:
    """The sheet of an assignment that was started. Raises Refused."""
    found = whole_sheet(assignment_key)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def save_form(assignment_key: str) -> tuple[SheetForm, FormSaved]:
    """Save what the posted form changed. Raises Refused when the sheet is shut, to others hidden."""
    must(can(actor(), SheetAct.WRITE, assignment_key))
    form = sheet_form(own_sheet(assignment_key).criteria, {})
    saved = save_sheet(
        actor(),
        assignment_key,
        form.values(),
        revision=form.revision.data or 0,
        page=(form.page.data or "")[:64],
        form_key=(form.form_key.data or new_key())[:26],
    )
    return form, saved


def sheet_answer(
    whole: WholeSheet,
    *,
    form: SheetForm | None = None,
    saved: FormSaved | None = None,
    gaps: Sequence[Missing] = (),
) -> Answer:
    """The sheet's page. With `saved` that held something back, with `gaps` too: what was typed stays in the boxes.

    Status 409 for two texts, 422 for something missing or refused.
    """
    typed = {**whole.values, **_held_back(form, saved)}
    hidden = {"revision": whole.head.revision, "page": new_key(), "form_key": new_key()}
    fresh = sheet_form(whole.criteria, {**typed, **hidden})  # type: ignore[dict-item]  # the revision is a number
    for name, sentence in (saved.refused if saved else {}).items():
        fresh.refuse(say(sentence), name.replace(".", "_"))
    page = page_of(whole, typed, saved=saved, gaps=gaps)
    text = render_template(
        "scoring/sheet.html", page=page, account=account_sign(), sheet_form=fresh, is_faulty=bool(page.gaps)
    )
    status = 409 if page.clashes else 422 if page.gaps else 200
    return text, status


def _held_back(form: SheetForm | None, saved: FormSaved | None) -> Values:
    """What wasn't saved and goes back into its box; a refused choice has none, as the page doesn't offer it."""
    if form is None or saved is None:
        return {}
    held = {clash.field for clash in saved.clashes} | {name for name in saved.refused if is_text(name)}
    return {name: text for name, text in form.values().items() if name in held}


def page_of(
    whole: WholeSheet, values: Values, *, saved: FormSaved | None = None, gaps: Sequence[Missing] = ()
) -> shapes.SheetPage:
    """What the page prints beside its form. Four statements."""
    zone = zone_of(whole.facts)
    blind = blind_portfolio(whole.facts.portfolio_id)
    if blind is None:
        raise Refused(NOT_FOUND)
    rows = shapes.criterion_rows(whole.criteria, values)
    return shapes.SheetPage(
        key=whole.facts.key,
        reference=whole.facts.reference,
        portfolio_key=blind.key,
        criteria=rows,
        done=sum(row.state == "done" for row in rows),
        due=shown(whole.facts.due_at, whole.facts.zone, actor().zone, clock.now()),
        saved=shapes.saved_words(whole.head.saved_at, whole.head.revision, zone),
        revision=whole.head.revision,
        blind=blind,
        pieces=shapes.piece_rows(blind),
        clashes=shapes.clash_rows(saved.clashes if saved else (), zone),
        gaps=shapes.gap_rows(gaps, saved.refused if saved else {}),
    )


def _submitted_page(whole: WholeSheet) -> str:
    page = page_of(whole, whole.values)
    until = open_until(whole.facts, whole.head.id)
    words = {"chosen": chosen_levels(whole), "note": whole.head.note, "view": view_words(whole)}
    told = shown(until, whole.facts.zone, actor().zone, clock.now()) if until else None
    return render_template("scoring/submitted.html", page=page, open_until=told, **words)


def _on_hold_page(facts: AssignmentFacts) -> str:
    """The same whatever the cause, save for what its reader did: what they told, what they wrote."""
    has_told, has_sheet = bool(reports_of(facts.id)), sheet_head(facts.id) is not None
    why = sentence_for(facts.state)
    return render_template("scoring/on_hold.html", page=facts, has_told=has_told, has_sheet=has_sheet, why=why)


def _start_page(facts: AssignmentFacts) -> Answer:
    return form_page(
        StartForm(),
        "scoring/start.html",
        save=lambda: start_scoring(actor(), facts.key),
        then=lambda _: url_for("scoring.sheet", assignment_key=facts.key),
        page=facts,
        due=shown(facts.due_at, facts.zone, actor().zone, clock.now()),
        is_new=sheet_head(facts.id) is None,
    )
