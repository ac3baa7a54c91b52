"""The coordinator's plan of a round: drawn up, changed, dropped, sent; and offers outside it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext

from panel_app import clock
from panel_app.assignment import services
from panel_app.assignment.forms import AcceptForm, ChooseForm, ReasonForm
from panel_app.assignment.load_rules import load_picture
from panel_app.assignment.plan_rules import PlanState
from panel_app.assignment.policy import OfferAct, PlanAct
from panel_app.assignment.queries.again_notes import again_notes
from panel_app.assignment.queries.choices import choice_rows
from panel_app.assignment.queries.load import panel_load
from panel_app.assignment.queries.plans import (
    PER_PAGE,
    draft_id_of,
    pair_page,
    plan_head,
    plan_rows,
    waiting_count,
)
from panel_app.assignment.queries.standing import AssessmentPlace, assessment_place
from panel_app.assignment.views.blueprint import bp
from panel_app.assignment.views.plan_lines import draft_lines, head_line, sent_lines
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.saying import say
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import page_number, pager
from panel_app.foundation.words import N_
from panel_app.programmes.queries import RoundView, known_round


@bp.get("/rounds/<key:round_key>/plan")
@allow(Who.COORDINATOR)
def plan(round_key: str) -> str:
    """The draft, or the plan that was sent last: pairs, shortfalls and load, each with its reason."""
    return render_template("assignment/plan.html", form=AcceptForm(), **_page(_round(round_key, PlanAct.READ)))


@bp.post("/rounds/<key:round_key>/plan/<any(make, drop, send):act>")
@allow(Who.COORDINATOR, on=("POST",))
def change_plan(round_key: str, act: str) -> Answer:
    """Draw up a plan, drop the draft, or approve and send it; a refusal comes back on the plan."""
    service, done = _ACTS[act]
    return form_page(
        AcceptForm(),
        "assignment/plan.html",
        save=lambda: service(actor(), round_key),
        then=lambda _: url_for("assignment.plan", round_key=round_key),
        done=done,
        showing=lambda: _page(_round(round_key, PlanAct.READ)),
    )


_ACTS: dict[str, tuple[Callable[[Actor, str], object], str]] = {
    "make": (services.make_plan, N_("The plan is drawn up. Nothing is sent before you approve it.")),
    "drop": (services.drop_plan, N_("The plan is dropped; nothing of it was sent.")),
    "send": (services.send_plan, N_("The offers are on their way.")),
}


def _page(round_: RoundView) -> dict[str, object]:
    """What the plan's template prints. Constant statements at any size of the round."""
    head, number = plan_head(round_.id, actor()), page_number()
    is_draft = head is not None and head.state is PlanState.DRAFT
    load = panel_load(round_.id, head.id if head and is_draft else None, actor())
    rows = plan_rows(head.id, actor(), number) if head else []
    return {
        "round": round_,
        "head": head_line(head, round_, actor()) if head else None,
        "is_draft": is_draft,
        "rows": draft_lines(rows, round_, load.fullest) if is_draft else sent_lines(rows),
        "page": pager(number, head.portfolios if head else 0, PER_PAGE),
        "waiting": waiting_count(round_.id, actor()),
        "load": load,
        "picture": load_picture(load.loads),
    }


@bp.route("/rounds/<key:round_key>/plan/pairs/<key:pair_key>/remove", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def remove_pair(round_key: str, pair_key: str) -> Answer:
    """Take a pair out of the draft, with a reason."""
    round_ = _round(round_key, PlanAct.CHANGE)
    pair = pair_page(round_.id, pair_key)
    if pair is None:
        raise Refused(NOT_FOUND)
    must(can(actor(), OfferAct.OFFER, pair.assessment_key))
    form = ReasonForm()
    return form_page(
        form,
        "assignment/remove_pair.html",
        save=lambda: services.remove_pair(actor(), round_key, pair_key, form.reason.data or ""),
        then=lambda _: url_for("assignment.plan", round_key=round_key),
        done=N_("The pair is out of the plan."),
        round=round_,
        pair=pair,
    )


@bp.route("/rounds/<key:round_key>/plan/<key:assessment_key>/add", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def add_pair(round_key: str, assessment_key: str) -> Answer:
    """Put a member into the draft; who can't be is listed with the reason."""
    round_, form = _round(round_key, PlanAct.CHANGE), ChooseForm()
    return _choose(
        round_,
        assessment_key,
        form,
        draft_id_of(round_.id),
        Choosing(
            save=lambda: services.add_pair(actor(), round_key, assessment_key, *form.choice()),
            title=N_("Add a member to the plan"),
            button=N_("Add to the plan"),
            done=N_("The member is in the plan."),
            back=url_for("assignment.plan", round_key=round_key),
        ),
    )


@bp.route("/rounds/<key:round_key>/assessments/<key:assessment_key>/offer", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def offer_member(round_key: str, assessment_key: str) -> Answer:
    """Ask one more member at once, outside a plan."""
    round_, form = _round(round_key, PlanAct.READ), ChooseForm()
    place = _place(round_key, assessment_key)
    return _choose(
        round_,
        assessment_key,
        form,
        None,
        Choosing(
            save=lambda: services.offer(actor(), assessment_key, *form.choice()),
            title=N_("Ask a member"),
            button=N_("Send the offer"),
            done=N_("The offer is on its way."),
            back=url_for("portfolios.case", round_key=round_key, portfolio_key=place.portfolio_key),
        ),
    )


@dataclass(frozen=True)
class Choosing:
    """What a page to choose a member says and does."""

    save: Callable[[], object]
    title: str
    button: str
    done: str
    back: str


def _choose(
    round_: RoundView, assessment_key: str, form: ChooseForm, plan_id: int | None, choosing: Choosing
) -> Answer:
    place = _place(round_.key, assessment_key)
    rows = choice_rows(place, plan_id, clock.now())
    form.member.choices = [(row.key, row.name) for row in rows if row.why_not is None]
    return form_page(
        form,
        "assignment/choose.html",
        save=choosing.save,
        then=lambda _: choosing.back,
        done=choosing.done,
        round=round_,
        place=place,
        notes=again_notes(place),
        rows=rows,
        hints={row.key: say(row.reason) + (" " + gettext("Asked before.") if row.asked else "") for row in rows},
        choosing=choosing,
    )


def _round(round_key: str, act: PlanAct) -> RoundView:
    must(can(actor(), act, round_key))
    return known_round(round_key)


def _place(round_key: str, assessment_key: str) -> AssessmentPlace:
    must(can(actor(), OfferAct.OFFER, assessment_key))
    place = assessment_place(assessment_key)
    if place is None or place.round_key != round_key:
        raise Refused(NOT_FOUND)
    return place
