"""The coordinator's page of a round's outcomes: what is ready, what blocks the rest, and the release."""

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow, can, must
from panel_app.foundation.web.confirming import confirmed
from panel_app.foundation.web.paging import page_number, pager
from panel_app.moderation.policy import SampleAct
from panel_app.moderation.queries.sample import lacks_proposal, sample_of
from panel_app.outcomes import services
from panel_app.outcomes.policy import ReleaseAct
from panel_app.outcomes.queries.lists import PER_PAGE, counts_of_round, outcomes_of_round, releases_of
from panel_app.outcomes.views import rows
from panel_app.outcomes.views.blueprint import bp
from panel_app.portfolios.queries.blocked import what_blocks
from panel_app.portfolios.queries.lists import portfolios_by_key
from panel_app.programmes.policy import RoundAct
from panel_app.programmes.queries import known_round, promised

RELEASERS = (Who.COORDINATOR, Who.MODERATOR, Who.SIGNER, Who.OBSERVER)
"""Roles that a round's promise may let release; the policy asks which of them does."""


@bp.get("/rounds/<key:round_key>/outcomes")
@allow(*RELEASERS)
def listing(round_key: str) -> str:
    """How the outcomes of a round stand, its sample, and its releases."""
    must(can(actor(), ReleaseAct.LIST, round_key))
    round_ = known_round(round_key)
    number, needed = page_number(), promised(round_.id).signers_needed
    counts, found = counts_of_round(actor(), round_.id), outcomes_of_round(actor(), round_.id, number)
    listed = portfolios_by_key(actor(), round_.id, [each.portfolio_key for each in found])
    blocked = what_blocks(round_, listed)
    return render_template(
        "outcomes/listing.html",
        round=round_,
        release_at=rows.when(round_.release_at, round_.zone),
        counts=counts,
        rows=[rows.of_round(each, round_, needed, blocked.get(each.portfolio_key)) for each in found],
        page=pager(number, counts.total, PER_PAGE),
        releases=[rows.release(each, round_) for each in releases_of(round_.id)],
        sample=rows.sample(sample_of(round_.id), round_.zone),
        may_prepare=can(actor(), ReleaseAct.PREPARE, round_key),
        may_move=bool(can(actor(), RoundAct.MOVE_DATES, round_key)),
        lacks_proposal=lacks_proposal(round_.id),
        may_draw=bool(can(actor(), SampleAct.DRAW, round_key)),
    )


@bp.post("/rounds/<key:round_key>/outcomes/prepare")
@allow(*RELEASERS, on=("POST",))
@confirmed()
def prepare(round_key: str) -> Response:
    """Prepare the release of everything that is signed off."""
    prepared = services.prepare_release(actor(), round_key)
    words = ngettext(
        "%(num)s outcome is prepared. It leaves by itself at the time that is given below.",
        "%(num)s outcomes are prepared. They leave by themselves at the time that is given below.",
        prepared,
    )
    flash(words, "good")
    return redirect(url_for("outcomes.listing", round_key=round_key), 303)
