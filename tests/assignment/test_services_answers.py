"""Offers and the answers to them, on both databases."""

from datetime import date, timedelta

import pytest
from flask import Flask

from panel_app import clock
from panel_app.assignment import services
from panel_app.assignment.queries.offers import AssignmentRow, assignments_of, assignments_of_member
from panel_app.assignment.rules import AssignmentState
from panel_app.conflicts.rules import NOT_INDEPENDENT
from panel_app.demo.builders.assignment import _WAY, an_assignment
from panel_app.demo.builders.panel import a_declaration, a_member
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.database import Conflicted
from panel_app.foundation.permissions import Refused
from panel_app.foundation.states import NotFromHere, ReasonMissing
from panel_app.portfolios.models import AssessmentStatus
from tests.assignment.conftest import Build, Scene

pytestmark = pytest.mark.both_databases

S = AssignmentState


def rows(scene: Scene, place: int = 0) -> list[AssignmentRow]:
    return assignments_of(scene.portfolios[place].assessment_id)


def of(scene: Scene, member: int, place: int = 0) -> list[AssignmentState]:
    return [row.state for row in rows(scene, place) if row.member == scene.members[member].key]


@pytest.mark.parametrize("state", sorted(_WAY))
def test_builder_brings_an_assignment_to_each_state(app: Flask, state: AssignmentState) -> None:
    round_ = a_round(state="closed")
    member = a_member(round_)

    built = an_assignment(an_admitted_portfolio(round_), member, state=state)

    assert [row.state for row in assignments_of(built.assessment_id)] == [state]
    assert [row.key for row in assignments_of_member(member.member_id)] == [built.key]


def test_offer_tells_the_member_once_and_assigning_begins(scene: Build) -> None:
    here = scene()

    an_assignment(here.portfolios[0], here.members[0], state="offered")

    assert here.status() is AssessmentStatus.ASSIGNING
    assert here.mails(here.members[0], "offer") == 1


def test_scoring_begins_when_everyone_who_is_needed_has_agreed(scene: Build) -> None:
    here = scene()

    an_assignment(here.portfolios[0], here.members[0])
    before = here.status()
    an_assignment(here.portfolios[0], here.members[1])

    assert (before, here.status()) == (AssessmentStatus.ASSIGNING, AssessmentStatus.SCORING)


def test_open_offers_are_closed_kindly_when_everyone_has_agreed(scene: Build) -> None:
    here = scene(members=4)
    for member in here.members[:3]:
        an_assignment(here.portfolios[0], member, state="offered")

    for member in here.members[:2]:
        services.accept_offer(member.actor, assignments_of_member(member.member_id)[0].key)

    assert of(here, 2) == [S.CLOSED]
    assert here.mails(here.members[2], "ended") == 1
    assert of(here, 3) == []


def test_a_declined_place_goes_to_the_next_best_in_the_same_act(scene: Build) -> None:
    here = scene(members=2)

    an_assignment(here.portfolios[0], here.members[0], state="declined")

    assert (of(here, 0), of(here, 1)) == ([S.DECLINED], [S.OFFERED])
    assert here.mails(here.members[1], "offer") == 1


@pytest.mark.parametrize("state", ["deferred", "recused", "expired", "replaced"])
def test_other_ends_ask_the_next_best_too(scene: Build, state: str) -> None:
    here = scene(members=2)

    an_assignment(here.portfolios[0], here.members[0], state=state)

    assert of(here, 1) == [S.OFFERED]


def test_a_place_that_was_taken_back_is_not_refilled(scene: Build) -> None:
    here = scene(members=2)

    an_assignment(here.portfolios[0], here.members[0], state="recalled")

    assert of(here, 1) == []


def test_an_accepted_offer_can_be_declined_until_the_work_begins(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="accepted")

    services.decline_offer(built.actor, built.key, "My plans changed.")

    assert of(here, 0) == [S.DECLINED]


def test_begun_work_can_not_be_declined_but_recused(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")

    with pytest.raises(NotFromHere):
        services.decline_offer(built.actor, built.key, "My plans changed.")
    services.recuse(built.actor, built.key, "I know who this is.")

    assert of(here, 0) == [S.RECUSED]


def test_scoring_goes_back_to_assigning_when_someone_leaves(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    an_assignment(here.portfolios[0], here.members[1])

    services.recuse(built.actor, built.key, "I know who this is.")

    assert here.status() is AssessmentStatus.ASSIGNING
    assert of(here, 2) == [S.OFFERED]


def test_declining_needs_a_reason(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    with pytest.raises(ReasonMissing):
        services.decline_offer(built.actor, built.key, "  ")

    assert of(here, 0) == [S.OFFERED]


def test_not_now_needs_a_day_to_come(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    with pytest.raises(Conflicted, match="after today"):
        services.defer_offer(built.actor, built.key, date(2027, 1, 4))

    assert of(here, 0) == [S.OFFERED]


def test_who_declined_can_be_asked_again_and_history_shows_both(scene: Build) -> None:
    here = scene(members=1)
    an_assignment(here.portfolios[0], here.members[0], state="deferred")

    an_assignment(here.portfolios[0], here.members[0], state="offered")

    assert of(here, 0) == [S.DEFERRED, S.OFFERED]


def test_asking_again_checks_conflicts_again(scene: Build) -> None:
    here = scene(members=1)
    an_assignment(here.portfolios[0], here.members[0], state="declined")
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    with pytest.raises(Refused, match="barred"):
        an_assignment(here.portfolios[0], here.members[0], state="offered")


def test_another_members_offer_is_not_there(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    with pytest.raises(Refused) as refused:
        services.accept_offer(here.members[1].actor, built.key)

    assert refused.value.refusal.hidden


def test_an_offer_is_not_accepted_after_its_last_instant(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    last = rows(here)[0].answer_by

    with clock.pinned(last + timedelta(seconds=1)), pytest.raises(Refused, match="time to answer ended"):
        services.accept_offer(built.actor, built.key)
    with clock.pinned(last):
        services.accept_offer(built.actor, built.key)

    assert of(here, 0) == [S.ACCEPTED]


def test_unanswered_offers_end_once(scene: Build) -> None:
    here = scene(members=1)
    an_assignment(here.portfolios[0], here.members[0], state="offered")

    with clock.pinned(rows(here)[0].answer_by + timedelta(seconds=1)):
        counts = (services.expire_offers(), services.expire_offers())

    assert counts == (1, 0)
    assert of(here, 0) == [S.EXPIRED]


def test_accepting_twice_is_as_once(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="accepted")

    services.accept_offer(built.actor, built.key)

    assert of(here, 0) == [S.ACCEPTED]


def test_who_coordinates_the_round_is_not_asked_to_assess_in_it(scene: Build) -> None:
    here = scene(members=0)
    here.members = [a_member(here.round, person=here.coordinator)]

    with pytest.raises(Refused, match="coordinates, moderates or signs"):
        an_assignment(here.portfolios[0], here.members[0], state="offered")


def test_away_full_and_unchecked_members_are_refused_each_with_the_reason(scene: Build) -> None:
    here = scene(portfolios=1, members=0)
    today = clock.now().date()
    refused = {
        "away until": a_member(here.round, away=(today, today + timedelta(days=7))),
        "is full": a_member(here.round, capacity=0),
        "nothing more to declare": a_member(here.round, checked=False),
    }

    for words, member in refused.items():
        with pytest.raises(Refused, match=words):
            an_assignment(here.portfolios[0], member, state="offered")


def test_barred_member_reads_one_fixed_sentence(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    with pytest.raises(Refused) as refused:
        services.accept_offer(built.actor, built.key)

    assert refused.value.refusal.reason == str(NOT_INDEPENDENT)
