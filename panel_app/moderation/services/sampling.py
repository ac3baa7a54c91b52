"""The sample of a round: portfolios that a moderator sees although nothing called for it."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from secrets import randbits

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_
from panel_app.moderation.happenings import SampleDrawn
from panel_app.moderation.models import SampleDraw
from panel_app.moderation.policy import SampleAct
from panel_app.moderation.queries.sample import (
    DRAWN_FROM,
    Sampled,
    lacks_proposal,
    proposed_in,
    sample_of,
    was_moderated,
)
from panel_app.moderation.queries.standing import Standing
from panel_app.moderation.rules import CaseAct, CaseState, Judged, SampledFor, Share, sample, sampled_for
from panel_app.moderation.services.moving import Found, Place, add_reasons, case_not_closed, hold, move_case, open_case
from panel_app.portfolios.models import Assessment
from panel_app.programmes.models import Round
from panel_app.programmes.queries import working

SAMPLE = "sample"
"""Stands where the name of a trigger stands."""
NOT_ALL_PROPOSED = N_(
    "Not every portfolio of this round has its proposal yet. Draw the sample once the last one has it."
)
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

    What was signed off meanwhile is in it, and comes back to be signed again when it is drawn. Those that a moderator
    has looked at count in the round's size and get no second case. The seed is kept: with it the draw can be repeated.
    Raises Refused while a proposal is awaited, and when it was drawn already.
    """
    with transaction() as db:
        round_ = locked(db, Round, key=round_key)
        must(can(actor, SampleAct.DRAW, round_key))
        if round_ is None:
            raise Refused(NOT_FOUND)
        if db.scalar(select(SampleDraw.id).filter_by(round_id=round_.id)) is not None:
            raise Refused(DRAWN_ALREADY, moment=True)
        if lacks_proposal(round_.id):
            raise Refused(NOT_ALL_PROPOSED, moment=True)
        _hold_all(db, round_.id)
        if not (proposed := proposed_in(round_.id)):
            raise Refused(NOTHING_PROPOSED, moment=True)
        seed = randbits(31) if seed is None else seed
        policy = working(round_.id, clock.now())
        share = Share(Fraction(policy.sampling_percent, 100), policy.sampling_at_least_root)
        chosen = sample([_judged(each) for each in proposed], share, Random(seed))  # noqa: S311  a seed on record
        drawn = _open_cases(db, proposed, chosen, by=actor)
        _keep(db, round_.id, seed, len(proposed), drawn, by=actor)
        return drawn


def _hold_all(db: Session, round_id: int) -> None:
    """Lock what is drawn from, in the order in which a release locks it: nothing is signed or leaves meanwhile."""
    mine = select(Assessment.id).where(Assessment.round_id == round_id, Assessment.status.in_(DRAWN_FROM))
    db.execute(mine.order_by(Assessment.id).with_for_update()).all()


def _judged(each: Sampled) -> Judged:
    return Judged(each.assessment_key, each.result, each.is_borderline, each.assessors)


def _open_cases(db: Session, proposed: Sequence[Sampled], chosen: dict[str, SampledFor], *, by: Actor) -> int:
    drawn = [each for each in proposed if each.assessment_key in chosen and not each.was_moderated]
    for each in drawn:
        hand_over(db, hold(db, each.assessment_id), chosen[each.assessment_key], by=by)
    return len(drawn)


def sampled_late(place: Place, now: Standing) -> SampledFor | None:
    """Why a portfolio that becomes decidable after the draw goes to a moderator as well.

    None before the draw, for a clear pass, and where a moderator has answered already. Raises NotDecidable.
    """
    if sample_of(place.round_id) is None or was_moderated(place.assessment_id):
        return None
    decision = now.decide()
    return sampled_for(decision.result, decision.borderline)


def hand_over(db: Session, place: Place, why: SampledFor, *, by: Actor) -> None:
    """Let a moderator look at a held assessment for the sample.

    A case that waits for a third sheet goes on to the moderator. One that the third sheet answered is closed, and a
    new one opens: so what was proposed from it is dropped.
    """
    case, found = case_not_closed(db, place.assessment_id), Found(SAMPLE, f"{SAMPLE}:{why.value}", WORDS[why])
    if case is not None and case.state is CaseState.ANSWERED:
        move_case(db, case, CaseAct.CLOSE, place, by=SYSTEM)
        case = None
    if case is None:
        case = open_case(db, place, [found], by=by)
    else:
        add_reasons(db, case, [found], by=by)
    move_case(db, case, CaseAct.ASK_MODERATOR, place, by=by)


def _keep(db: Session, round_id: int, seed: int, size: int, drawn: int, *, by: Actor) -> None:
    db.add(
        SampleDraw(round_id=round_id, seed=seed, size=size, drawn=drawn, drawn_at=clock.now(), drawn_by_id=by.person_id)
    )
    db.flush()
    record(SampleDrawn(round_id=round_id, seed=seed, size=size, drawn=drawn), by=by)
