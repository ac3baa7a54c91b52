"""What a member's list of reviews stands on: a place by the member's own seed, and how long sheets took."""

from sqlalchemy import select

from panel_app import clock
from panel_app.assignment.happenings import OfferMade
from panel_app.assignment.models import Assignment
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import on
from panel_app.foundation.keys import new_key
from panel_app.scoring.happenings import SheetSubmitted
from panel_app.scoring.models import ReviewPlace, ReviewSeed, SheetPace, SheetSave
from panel_app.scoring.rules.queue import minutes_worked, place_of


@on(OfferMade)
def place_in_queue(what: OfferMade, by: Actor) -> None:
    """Give an offer its place among those of the same date; the member's seed is drawn with their first one."""
    with transaction() as db:
        seed = db.scalar(select(ReviewSeed.seed).filter_by(member_id=what.member_id))
        if seed is None:
            seed = new_key()
            db.add(ReviewSeed(member_id=what.member_id, seed=seed, drawn_at=clock.now()))
        key = db.execute(select(Assignment.key).filter_by(id=what.assignment_id)).scalar_one()
        db.add(ReviewPlace(assignment_id=what.assignment_id, place=place_of(seed, key)))
        db.flush()


@on(SheetSubmitted)
def keep_pace(what: SheetSubmitted, by: Actor) -> None:
    """Keep how long the first submission took; mending a sheet later says nothing of that."""
    with transaction() as db:
        if db.scalar(select(SheetPace.id).filter_by(assignment_id=what.assignment_id)) is not None:
            return
        saves = select(SheetSave.saved_at).filter_by(sheet_id=what.sheet_id).order_by(SheetSave.revision)
        minutes = minutes_worked(db.scalars(saves).all())
        db.add(SheetPace(assignment_id=what.assignment_id, minutes=minutes))
        db.flush()
