"""A member's offer: what is asked, until when, and the answers to it. Opening a page never answers."""

from collections.abc import Callable

from flask import redirect, render_template, url_for

from panel_app.assignment import services
from panel_app.assignment.forms import AcceptForm, DeferForm, ReasonForm
from panel_app.assignment.policy import PlaceAct
from panel_app.assignment.queries.offers import OwnAssignment, own_assignment
from panel_app.assignment.rules import ASSIGNMENT, AssignmentAct, AssignmentState
from panel_app.assignment.views.blueprint import bp
from panel_app.assignment.views.offer_rows import how_it_stands, offer_row
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.forms import StageForm
from panel_app.foundation.web.pages import Answer, form_page

_LEADS_TO = {
    AssignmentAct.DECLINE: AssignmentState.DECLINED,
    AssignmentAct.DEFER: AssignmentState.DEFERRED,
    AssignmentAct.RECUSE: AssignmentState.RECUSED,
}


@bp.get("/reviews/offers/<key:assignment_key>")
@allow(Who.PANEL_MEMBER)
def offer(assignment_key: str) -> str:
    """What is asked, or, where it has ended or is on hold, that alone; and the way out, where there is one still."""
    found = _own(assignment_key, PlaceAct.READ)
    if (sentence := how_it_stands(found.state)) is not None:
        may_leave = AssignmentAct.RECUSE in ASSIGNMENT.acts_from(found.state)
        return render_template("assignment/offer_over.html", sentence=sentence, key=assignment_key, may_leave=may_leave)
    return render_template("assignment/offer.html", form=AcceptForm(), page=offer_row(found, actor()))


@bp.post("/reviews/offers/<key:assignment_key>/accept")
@allow(Who.PANEL_MEMBER, on=("POST",))
def accept_offer(assignment_key: str) -> Answer:
    """Accept; a refusal comes back on the offer's page."""
    found = _own(assignment_key, PlaceAct.ANSWER)
    if how_it_stands(found.state) is not None:
        return redirect(url_for("assignment.offer", assignment_key=assignment_key))
    return form_page(
        AcceptForm(),
        "assignment/offer.html",
        save=lambda: services.accept_offer(actor(), assignment_key),
        then=lambda _: url_for("assignment.offer", assignment_key=assignment_key),
        done=ASSIGNMENT.acts[AssignmentAct.ACCEPT].done,
        page=offer_row(found, actor()),
    )


@bp.route("/reviews/offers/<key:assignment_key>/decline", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def decline_offer(assignment_key: str) -> Answer:
    """Decline with a reason, also after accepting, until the work has begun."""
    form = ReasonForm()
    return _answer(
        assignment_key,
        AssignmentAct.DECLINE,
        form,
        lambda: services.decline_offer(actor(), assignment_key, form.reason.data or ""),
    )


@bp.route("/reviews/offers/<key:assignment_key>/later", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def defer_offer(assignment_key: str) -> Answer:
    """Not now, but perhaps after a day."""
    form = DeferForm()
    return _answer(
        assignment_key,
        AssignmentAct.DEFER,
        form,
        lambda: _defer(assignment_key, form),
    )


@bp.route("/reviews/offers/<key:assignment_key>/recuse", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def recuse(assignment_key: str) -> Answer:
    """Leave the portfolio, with a reason, at any time before the sheet is submitted."""
    form = ReasonForm()
    return _answer(
        assignment_key,
        AssignmentAct.RECUSE,
        form,
        lambda: services.recuse(actor(), assignment_key, form.reason.data or ""),
    )


def _defer(key: str, form: DeferForm) -> None:
    assert form.until.data is not None  # the form's own check
    services.defer_offer(actor(), key, form.until.data, form.reason.data or "")


def _answer(key: str, act: AssignmentAct, form: StageForm, save: Callable[[], None]) -> Answer:
    """One page for each answer that needs words; where the act is not possible any more, a refusal says so.

    What was typed by then stands beside the refusal. The same answer again is as once.
    """
    found = _own(key, PlaceAct.RECUSE if act is AssignmentAct.RECUSE else PlaceAct.ANSWER)
    sentence = how_it_stands(found.state)
    if sentence is not None and act not in ASSIGNMENT.acts_from(found.state):
        if form.is_submitted() and found.state is not _LEADS_TO[act]:
            raise Refused(sentence.template, moment=True)
        return redirect(url_for("assignment.offer", assignment_key=key))
    return form_page(
        form,
        "assignment/answer.html",
        save=save,
        then=lambda _: url_for("assignment.offer", assignment_key=key),
        done=ASSIGNMENT.acts[act].done,
        page=offer_row(found, actor()),
        act=act.value,
        title=ASSIGNMENT.acts[act].title,
    )


def _own(key: str, act: PlaceAct) -> OwnAssignment:
    must(can(actor(), act, key))
    found = own_assignment(key)
    if found is None:
        raise Refused(NOT_FOUND)
    return found
