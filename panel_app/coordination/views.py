"""First pages: what needs you now, and the coordinator's desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext, ngettext

from panel_app import clock
from panel_app.coordination import queries
from panel_app.coordination.queries import Shows
from panel_app.coordination.rules.blocking import Place
from panel_app.coordination.rules.pace import Pace, pace
from panel_app.foundation.actors import actor
from panel_app.foundation.needs import Need, needs_of
from panel_app.foundation.permissions import Who, allow, can, must
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.web.pages import Answer
from panel_app.foundation.web.paging import page_number, pager
from panel_app.foundation.words import N_
from panel_app.portfolios.queries.lists import PER_PAGE
from panel_app.programmes.policy import RoundAct
from panel_app.programmes.queries import RoundView, known_round, promise_or_plan

bp = Blueprint("coordination", __name__)


@dataclass(frozen=True)
class NeedRow:
    """A need as a page prints it; `due` in its round's zone, after the word that says what this date is."""

    need: Need
    due: Shown | None
    date_word: str


@bp.get("/today")
@allow(Who.SIGNED_IN)
def today() -> Answer:
    """Everybody's first page: what waits on them, the earliest date on top."""
    viewer = actor()
    found = needs_of(viewer)
    return render_template(
        "coordination/today.html",
        needs=[_row(need) for need in found if need.asks],
        under_way=[_row(need) for need in found if not need.asks],
        rounds_href=url_for("programmes.rounds") if viewer.grants else None,
    )


@bp.get("/rounds/<key:round_key>/desk")
@allow(Who.COORDINATOR)
def desk(round_key: str) -> Answer:
    """A round at a glance: what is stuck and why, how far it has come, every portfolio with its blocker."""
    must(can(actor(), RoundAct.COORDINATE, round_key))
    round_ = known_round(round_key)
    shows, promise = _shows(), promise_or_plan(round_)
    found = queries.desk(actor(), round_, promise, page_number(), shows)
    progress = queries.progress(actor(), round_, promise)
    # Addresses of a round's pages hold its key: so a need tells to which round it belongs.
    needs = [_row(need) for need in needs_of(actor()) if round_key in need.href]
    return render_template(
        "coordination/desk.html",
        round=round_,
        due=_shown(round_.scoring_due_at, round_),
        release=_shown(round_.release_at, round_),
        needs=needs,
        rows=[_desk_row(row, round_) for row in found.rows],
        choices=[(each.value, text, found.counts[each]) for each, text in CHOICES.items()],
        shows=shows.value,
        pager=pager(page_number(), found.counts[shows], PER_PAGE),
        progress=progress,
        pace=_pace(progress, round_),
    )


@dataclass(frozen=True)
class PrintedRow:
    """A line of the desk's table. `action` and its words, or none when nothing waits on the coordinator."""

    row: queries.DeskRow
    href: str
    since: Shown
    action_href: str | None
    action_text: str | None


ACTIONS: dict[Place, tuple[str, str]] = {
    Place.CASE: ("portfolios.case", N_("Open")),
    Place.ADMIT: ("portfolios.listing", N_("Admit")),
    Place.PLAN: ("assignment.plan", N_("See the plan")),
    Place.CONFLICTS: ("conflicts.register", N_("Decide")),
    Place.OUTCOMES: ("outcomes.listing", N_("See outcomes")),
}
CHOICES: dict[Shows, str] = {
    Shows.ALL: N_("All"),
    Shows.STUCK: N_("Stuck or late"),
    Shows.WAITING: N_("Waiting for someone"),
    Shows.ON_THE_WAY: N_("On their way"),
}


def _shows() -> Shows:
    """The choice that the address makes; anything unknown shows all."""
    asked = request.args.get("show", "")
    return Shows(asked) if asked in set(Shows) else Shows.ALL


def _desk_row(row: queries.DeskRow, round_: RoundView) -> PrintedRow:
    case = url_for("portfolios.case", round_key=round_.key, portfolio_key=row.listed.key)
    endpoint, text = ACTIONS.get(row.blocker.place, (None, None))
    href = case if row.blocker.place is Place.CASE else endpoint and url_for(endpoint, round_key=round_.key)
    return PrintedRow(row, case, _shown(row.blocker.since, round_), href or None, text)


def _row(need: Need) -> NeedRow:
    if need.due_at is None:
        return NeedRow(need, None, "")
    now = clock.now()
    return NeedRow(need, shown(need.due_at, need.zone, actor().zone, now), need.date_kind.word(need.due_at, now))


def _shown(instant: datetime, round_: RoundView) -> Shown:
    return shown(instant, round_.zone, actor().zone, clock.now())


def _pace(progress: queries.Progress, round_: RoundView) -> Pace:
    words = ngettext(
        "%(submitted)s of %(num)s sheet is in.",
        "%(submitted)s of %(num)s sheets are in.",
        progress.needed,
        submitted=progress.submitted,
    )
    # A round of a day or two has no course by day: its numbers say it.
    is_short = round_.scoring_due_at - round_.closes_at < timedelta(days=3)
    return pace(
        () if is_short else progress.per_day,
        progress.needed,
        clock.now().date(),
        round_.scoring_due_at.date(),
        title=gettext("Score sheets that are in, day by day"),
        sentence=words,
    )
