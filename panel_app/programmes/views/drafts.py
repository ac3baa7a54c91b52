"""Pages of a round that is being prepared: making, editing and publishing it."""

from collections.abc import Callable
from zoneinfo import available_timezones

from flask import url_for

from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.permissions import Who, allow, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_
from panel_app.programmes import queries, services
from panel_app.programmes.forms import PublishForm, RoundForm
from panel_app.programmes.policy import RoundAct, may_make_rounds
from panel_app.programmes.queries import RoundView
from panel_app.programmes.rules.policies import (
    PromisedPolicy,
    RubricPin,
    WorkingPolicy,
    default_promise,
    default_working,
)
from panel_app.programmes.services import RoundPlan
from panel_app.programmes.views import rows
from panel_app.programmes.views.blueprint import bp
from panel_app.programmes.views.rounds import policy_parts, the_round


@bp.route("/rounds/new", methods=["GET", "POST"])
@allow(Who.COORDINATOR, Who.ADMIN, on=("GET", "POST"))
def new() -> Answer:
    """Make a round."""
    must(may_make_rounds(actor()))
    form = RoundForm(zone=actor().some_zone, data=_defaults(actor()))
    return _round_page(
        form,
        save=lambda: services.make_round(actor(), plan_of(form)),
        done=N_("The round is made, as a draft. Look at who is missing, then publish it."),
        back=url_for("programmes.rounds"),
    )


@bp.route("/rounds/<key:round_key>/edit", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def edit(round_key: str) -> Answer:
    """Change a draft round."""
    found = the_round(round_key, RoundAct.EDIT)
    form = RoundForm(zone=found.zone, data=_as_it_stands(found))
    return _round_page(
        form,
        save=lambda: services.edit_round(actor(), round_key, plan_of(form)),
        done=N_("Saved."),
        back=url_for("programmes.show", round_key=round_key),
        editing=found.code,
    )


@bp.route("/rounds/<key:round_key>/publish", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def publish(round_key: str) -> Answer:
    """Publish a round, once what becomes unchangeable was read."""
    found = the_round(round_key, RoundAct.PUBLISH)
    return form_page(
        PublishForm(),
        "programmes/publish.html",
        save=lambda: services.publish_round(actor(), round_key),
        then=_page_of,
        done=N_("The round is published. Rubric and promise can't change any more."),
        round=rows.round_row(found, actor()),
        zone=found.zone,
        dates=rows.date_rows(found, actor()),
        missing=services.missing_people(found),
        showing=lambda: policy_parts(found),
    )


def _round_page(form: RoundForm, save: Callable[[], RoundView], done: str, back: str, editing: str = "") -> Answer:
    """The form of a draft, new or known."""
    rubrics = queries.published_rubrics()
    form.rubric.choices = [
        ("", ""),
        *((each.key, f"{each.programme} {each.version} · {each.programme_name}") for each in rubrics),
    ]
    return form_page(
        form,
        "programmes/round_form.html",
        save=save,
        then=_page_of,
        done=done,
        zones=sorted(available_timezones()),
        back=back,
        editing=editing,
    )


def _page_of(round_: RoundView) -> str:
    return url_for("programmes.show", round_key=round_.key)


def plan_of(form: RoundForm) -> RoundPlan:
    """What the form says, as a plan."""
    return RoundPlan(
        code=form.code.data or "",
        title=form.title.data or "",
        rubric_key=form.rubric.data or "",
        zone=form.time_zone.data or "",
        walls=form.walls(),
        promised=form.promised(),
        working=form.working(),
    )


def _defaults(viewer: Actor) -> dict[str, object]:
    """What a new round's form shows before anything was typed."""
    promise = default_promise(RubricPin("", "", ""), {}, {}, {})
    return {"time_zone": viewer.zone, **_numbers(promise, default_working())}


def _as_it_stands(round_: RoundView) -> dict[str, object]:
    """What a draft's form shows before anything was changed."""
    promise, working = queries.planned(round_.id)
    return {
        "rubric": round_.rubric_key,
        "code": round_.code,
        "title": round_.title,
        "time_zone": round_.zone,
        "assessors": queries.chosen_assessors(round_.id, "portfolio"),
        **{which.value: found.wall for which, found in round_.dates.items()},
        **_numbers(promise, working),
    }


def _numbers(promise: PromisedPolicy, working: WorkingPolicy) -> dict[str, object]:
    return {
        "signers_needed": promise.signers_needed,
        "grace_seconds": promise.grace_seconds,
        "appeal_days": promise.appeal_days,
        "resubmission_days": promise.resubmission_days,
        "offer_days": working.offer_days,
        "case_days": working.case_days,
        "grace_minutes": working.grace_minutes,
        "sampling_percent": working.sampling_percent,
    }
