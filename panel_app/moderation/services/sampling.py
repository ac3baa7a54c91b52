"""The sample of a round: portfolios that a moderator sees although nothing called for it."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from secrets import randbits

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_
from panel_app.moderation.happenings import SampleDrawn
from panel_app.moderation.models import SampleDraw
from panel_app.moderation.policy import SampleAct
from panel_app.moderation.queries.sample import Sampled, is_still_assessed, proposed_in
from panel_app.moderation.rules import CaseAct, Judged, SampledFor, sample
from panel_app.moderation.services.moving import Found, hold, move_case, open_case
from panel_app.programmes.models import Round
from panel_app.programmes.queries import working

SAMPLE = "sample"
"""Stands where the name of a trigger stands."""
NOT_ALL_IN = N_("Some portfolios of this round are still being scored. Draw the sample once all their sheets are in.")
NOTHING_PROPOSED = N_("No outcome is proposed in this round, so there is nothing to draw from.")
DRAWN_ALREADY = N_("The sample of this round was drawn already. Its cases stand in moderation.")
WORDS = {
    SampledFor.FAIL: N_("In the sample: every fail is looked at."),
    SampledFor.REFER: N_("In the sample: every refer is looked at."),
    SampledFor.BORDERLINE: N_("In the sample: everything close to the pass mark is looked at."),
    SampledFor.RANDOM: N_("In the sample: drawn at random from the clear passes."),
}


def draw_sample(actor: Actor, round_key: str, seed: int | None = None) -> int:
    """Draw the round's sample once, from what is proposed; gives how many portfolios a moderator now sees.

    Those that a moderator has looked at count in the round's size and get no second case. The seed is kept: with it
    the draw can be repeated. Raises Refused while sheets are missing, and when it was drawn already.
    """
    with transaction() as db:
        round_ = locked(db, Round, key=round_key)
        must(can(actor, SampleAct.DRAW, round_key))
        if round_ is None:
            raise Refused(NOT_FOUND)
        if db.scalar(select(SampleDraw.id).filter_by(round_id=round_.id)) is not None:
            raise Refused(DRAWN_ALREADY, moment=True)
        if is_still_assessed(round_.id):
            raise Refused(NOT_ALL_IN, moment=True)
        if not (proposed := proposed_in(round_.id)):
            raise Refused(NOTHING_PROPOSED, moment=True)
        seed = randbits(31) if seed is None else seed
        share = Fraction(working(round_.id, clock.now()).sampling_percent, 100)
        chosen = sample([_judged(each) for each in proposed], share, Random(seed))  # noqa: S311  a seed on record
        drawn = _open_cases(db, proposed, chosen, by=actor)
        _keep(db, round_.id, seed, len(proposed), drawn, by=actor)
        return drawn


def _judged(each: Sampled) -> Judged:
    return Judged(each.assessment_key, each.result, each.is_borderline, each.assessors)


def _open_cases(db: Session, proposed: Sequence[Sampled], chosen: dict[str, SampledFor], *, by: Actor) -> int:
    drawn = [each for each in proposed if each.assessment_key in chosen and not each.was_moderated]
    for each in drawn:
        why = chosen[each.assessment_key]
        place = hold(db, each.assessment_id)
        case = open_case(db, place, [Found(SAMPLE, f"{SAMPLE}:{why.value}", WORDS[why])], by=by)
        move_case(db, case, CaseAct.ASK_MODERATOR, place, by=by)
    return len(drawn)


def _keep(db: Session, round_id: int, seed: int, size: int, drawn: int, *, by: Actor) -> None:
    db.add(
        SampleDraw(round_id=round_id, seed=seed, size=size, drawn=drawn, drawn_at=clock.now(), drawn_by_id=by.person_id)
    )
    db.flush()
    record(SampleDrawn(round_id=round_id, seed=seed, size=size, drawn=drawn), by=by)
