"""Pages of rounds: the list, one round, making and editing a draft."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow, can, must
from panel_app.foundation.web.pages import Answer
from panel_app.foundation.web.paging import only, page_number, pager
from panel_app.programmes import queries, services
from panel_app.programmes.policy import RoundAct, may_make_rounds
from panel_app.programmes.queries import RoundView
from panel_app.programmes.rules.states import RoundState
from panel_app.programmes.rules.wording import decision_words, promise_words, working_words
from panel_app.programmes.views import rows
from panel_app.programmes.views.blueprint import bp

READERS = (Who.COORDINATOR, Who.MODERATOR, Who.SIGNER, Who.OBSERVER, Who.ADMIN)


def the_round(round_key: str, act: RoundAct) -> RoundView:
    """The round of an address, once the viewer may do this to it. Raises Refused."""
    must(can(actor(), act, round_key))
    return queries.known_round(round_key)


@bp.get("/rounds")
@allow(*READERS)
def rounds() -> Answer:
    """The rounds in which the viewer has a part."""
    only("page")
    viewer, number = actor(), page_number()
    found = queries.rounds_of(viewer, (number - 1) * rows.PAGE_SIZE, rows.PAGE_SIZE)
    return render_template(
        "programmes/rounds.html",
        rounds=[rows.round_row(each, viewer) for each in found],
        pager=pager(number, queries.count_rounds(viewer), rows.PAGE_SIZE),
        may_make=may_make_rounds(viewer),
    )


@bp.get("/rounds/<key:round_key>")
@allow(*READERS)
def show(round_key: str) -> Answer:
    """One round: dates, policies, rubric, people, what moved."""
    viewer, found = actor(), the_round(round_key, RoundAct.READ)
    is_draft = found.state is RoundState.DRAFT
    return render_template(
        "programmes/round.html",
        round=rows.round_row(found, viewer),
        is_draft=is_draft,
        may_change=can(viewer, RoundAct.EDIT if is_draft else RoundAct.MOVE_DATES, round_key),
        zone=found.zone,
        promise_hash=found.promise_hash,
        dates=rows.date_rows(found, viewer),
        moves=[rows.moved_row(move, found.zone, viewer) for move in queries.date_moves(found.id)],
        roles=rows.names_by_role(queries.people_with_roles(found.id)),
        missing=services.missing_people(found),
        **policy_parts(found),
    )


def policy_parts(round_: RoundView) -> dict[str, object]:
    """What a page prints of the round's rubric and policies."""
    rubric = queries.rubric_of(round_.id)
    titles = {part.code: part.title for part in rubric.parts}
    return {
        "rubric": rubric,
        "decision": decision_words(rubric.decision, rubric.discrepancy),
        "promise": promise_words(queries.promise_or_plan(round_), titles),
        "working": working_words(queries.working_or_plan(round_, clock.now())),
    }


@bp.post("/rounds/<key:round_key>/end")
@allow(Who.COORDINATOR, on=("POST",))
def end(round_key: str) -> Answer:
    """End a round."""
    services.end_round(actor(), round_key)
    flash(gettext("The round has ended."), "good")
    return redirect(url_for("programmes.show", round_key=round_key))
