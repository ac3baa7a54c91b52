"""What a member's pages print of an assignment."""

from dataclasses import dataclass

from panel_app import clock
from panel_app.assignment.models import AssignmentRole
from panel_app.assignment.place_rules import HOW_IT_ENDED, ON_HOLD
from panel_app.assignment.queries.offers import OwnAssignment
from panel_app.assignment.queries.standing import told_as
from panel_app.assignment.rules import ASSIGNMENT, AssignmentAct, AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.states import Party
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_, Sentence

ROLES = {
    AssignmentRole.ASSESSOR: N_(
        "Assessor: your score sheet is your own, and nobody else reads it before you submit it. One that is never "
        "submitted can be read by a coordinator once the portfolio is signed off, with a reason that is kept."
    ),
    AssignmentRole.LEAD: N_("Lead assessor: as the other assessors, and you have led assessments before."),
    AssignmentRole.REVIEWER: N_("Reviewer: you read the score sheets that were given."),
}
"""By the role in which a member is told that they are asked."""


@dataclass(frozen=True)
class OfferPage:
    """A live assignment as its member's page prints it: words and dates, nothing of the candidate."""

    key: str
    reference: str
    part: str
    programme: str
    round_title: str
    role: str
    label: str
    tone: str
    domains: tuple[str, ...]
    answer_by: Shown
    due: Shown
    is_after_release: bool
    acts: tuple[str, ...]
    is_open: bool


def offer_row(found: OwnAssignment, viewer: Actor) -> OfferPage:
    """The page of a live assignment for its member."""
    standing = ASSIGNMENT.states[found.state]
    acts = ASSIGNMENT.acts_from(found.state)
    return OfferPage(
        key=found.key,
        reference=found.reference,
        part=found.part,
        programme=found.programme,
        round_title=found.round_title,
        role=ROLES[told_as(found.role)],
        label=standing.title,
        tone=standing.tone.value,
        domains=found.domains,
        answer_by=shown(found.answer_by, found.zone, viewer.zone, clock.now()),
        due=shown(found.due_at, found.zone, viewer.zone, clock.now()),
        is_after_release=found.due_at > found.release_at,
        acts=tuple(act.value for act in acts if ASSIGNMENT.acts[act].who is Party.MEMBER),
        is_open=AssignmentAct.ACCEPT in acts,
    )


def how_it_stands(state: AssignmentState) -> Sentence | None:
    """What a member reads where an assignment has ended or is on hold, instead of its page; None while it lives."""
    if state is AssignmentState.SUSPENDED:
        return Sentence(ON_HOLD)
    return Sentence(HOW_IT_ENDED[state]) if state in HOW_IT_ENDED else None
