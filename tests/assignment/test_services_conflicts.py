"""A conflict declared just before each step is found at that step: plan, offer, acceptance, start, submission."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from panel_app.assignment import services
from panel_app.assignment.models import PlanShortfall
from panel_app.assignment.place_rules import ON_HOLD
from panel_app.assignment.queries.offers import assignments_of
from panel_app.assignment.rules import AssignmentState
from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import NOT_INDEPENDENT, FindingAct
from panel_app.conflicts.services import decide
from panel_app.demo.builders.assignment import AnAssignment, an_assignment
from panel_app.demo.builders.panel import AMember, a_declaration
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.panel.services import Profile, change_member, withdraw_declaration
from panel_app.portfolios.models import AssessmentStatus
from tests.assignment.conftest import Build, Scene

pytestmark = pytest.mark.both_databases

S = AssignmentState


def declare(member: AMember) -> str:
    """An interest in the organisation of every candidate that builders make."""
    return a_declaration(member, "Harbour Lights Cooperative")


def states(scene: Scene) -> list[tuple[str, AssignmentState]]:
    return [(row.member, row.state) for row in assignments_of(scene.portfolios[0].assessment_id)]


def at(scene: Build, state: str, members: int = 2) -> tuple[Scene, AnAssignment]:
    here = scene(members=members)
    return here, an_assignment(here.portfolios[0], here.members[0], state=state)


def test_plan_leaves_out_a_pair_whose_conflict_was_declared_just_before(scene: Build) -> None:
    here = scene(members=2)
    declare(here.members[0])

    services.make_plan(here.coordinator, here.round.key)
    services.send_plan(here.coordinator, here.round.key)

    assert states(here) == [(here.members[1].key, S.OFFERED)]


def test_offer_is_refused_when_a_conflict_was_declared_just_before(scene: Build) -> None:
    here = scene()
    declare(here.members[0])

    with pytest.raises(Refused, match="This pair is barred"):
        services.offer(here.coordinator, here.portfolios[0].assessment_key, here.members[0].key)

    assert states(here) == []


def test_acceptance_is_refused_when_a_conflict_was_declared_just_before(scene: Build) -> None:
    here, built = at(scene, "offered")
    declare(here.members[0])

    with pytest.raises(Refused, match=str(NOT_INDEPENDENT)):
        services.accept_offer(built.actor, built.key)

    assert states(here) == [(here.members[0].key, S.CLOSED), (here.members[1].key, S.OFFERED)]


def test_start_is_refused_when_a_conflict_was_declared_just_before(scene: Build) -> None:
    here, built = at(scene, "accepted")
    declare(here.members[0])

    with pytest.raises(Refused, match=ON_HOLD):
        services.start(built.actor, built.key)

    assert states(here) == [(here.members[0].key, S.SUSPENDED)]


def test_submission_is_refused_when_a_conflict_was_declared_just_before(scene: Build) -> None:
    here, built = at(scene, "scoring")
    declare(here.members[0])

    with pytest.raises(Refused, match=ON_HOLD):
        services.mark_submitted(built.actor, built.key)

    assert states(here) == [(here.members[0].key, S.SUSPENDED)]


def test_a_late_conflict_puts_the_work_on_hold_and_tells_both(scene: Build) -> None:
    here = scene(members=3)
    an_assignment(here.portfolios[0], here.members[0], state="submitted")
    an_assignment(here.portfolios[0], here.members[1], state="scoring")

    declare(here.members[0])

    assert states(here)[0] == (here.members[0].key, S.SUSPENDED)
    assert here.status() is AssessmentStatus.ASSIGNING
    assert here.mails(here.members[0], "on_hold") == 1
    told = select(Notification.person_id).filter_by(kind="assignment/late_conflict")
    assert reading().scalars(told).all() == [here.coordinator.person_id]


def test_a_submitted_sheet_counts_again_once_its_conflict_is_gone(scene: Build) -> None:
    here = scene(members=2)
    built = an_assignment(here.portfolios[0], here.members[0], state="submitted")
    an_assignment(here.portfolios[0], here.members[1])
    declaration = declare(here.members[0])

    with pytest.raises(Refused):
        services.restore(here.coordinator, built.key, "It was a mistake.")
    withdraw_declaration(here.members[0].actor, declaration)
    services.restore(here.coordinator, built.key, "It was a mistake.")

    assert states(here)[0] == (here.members[0].key, S.SUBMITTED)
    assert here.status() is AssessmentStatus.SCORING


@pytest.mark.parametrize("is_taken_back", [True, False])
def test_a_sheet_that_was_opened_again_does_not_stand_after_a_hold(scene: Build, is_taken_back: bool) -> None:
    here, built = at(scene, "submitted")
    if is_taken_back:
        services.take_back(built.actor, built.key)
    else:
        services.reopen(here.coordinator, built.key, "Look at E02 again.")
    declaration = declare(here.members[0])
    withdraw_declaration(here.members[0].actor, declaration)

    with pytest.raises(Refused, match="has not submitted"):
        services.restore(here.coordinator, built.key, "It was a mistake.")
    services.resume(here.coordinator, built.key, "It was a mistake.")

    assert states(here) == [(here.members[0].key, S.ACCEPTED)]


def test_work_on_hold_goes_on_once_its_conflict_is_gone(scene: Build) -> None:
    here, built = at(scene, "scoring")
    declaration = declare(here.members[0])
    withdraw_declaration(here.members[0].actor, declaration)

    with pytest.raises(Refused, match="has not submitted"):
        services.restore(here.coordinator, built.key, "It was a mistake.")
    services.resume(here.coordinator, built.key, "It was a mistake.")

    assert states(here) == [(here.members[0].key, S.ACCEPTED)]


def test_replacing_a_member_on_hold_asks_the_next_best(scene: Build) -> None:
    here, built = at(scene, "scoring")
    declare(here.members[0])

    services.replace(here.coordinator, built.key, "The conflict stands.")

    assert states(here) == [(here.members[0].key, S.REPLACED), (here.members[1].key, S.OFFERED)]


def test_what_a_check_finds_stays_in_the_register_although_the_act_is_refused(scene: Build) -> None:
    here, _ = at(scene, "offered")
    declare(here.members[0])

    assert reading().scalars(select(Finding.kind)).all() != []


def undecided(scene: Build, state: str) -> tuple[Scene, AnAssignment]:
    """An assignment on a portfolio that turns out, since, to name its member as a mentor."""
    here = scene(portfolios=0, members=2)
    here.portfolios.append(an_admitted_portfolio(here.round, people_named=["Corn Ashlar (mentor)"]))
    built = an_assignment(here.portfolios[0], here.members[0], state=state)
    known_as = Profile(aliases=("Corn Ashlar",), organisation="North Pier Research")
    change_member(here.members[0].actor, here.members[0].key, known_as)
    return here, built


def decide_it(scene: Scene, act: FindingAct) -> None:
    decide(scene.coordinator, reading().scalars(select(Finding.key)).one(), act, "They met twice, at a fair.")


@pytest.mark.parametrize(
    ("state", "act"),
    [("offered", services.accept_offer), ("accepted", services.start), ("scoring", services.mark_submitted)],
)
def test_each_step_waits_for_the_decision_about_a_pair(
    scene: Build, state: str, act: Callable[[Actor, str], object]
) -> None:
    here, built = undecided(scene, state)

    with pytest.raises(Refused, match="A coordinator has to look at this first"):
        act(built.actor, built.key)
    decide_it(here, FindingAct.DISMISS)
    act(built.actor, built.key)

    assert states(here)[0][1] is not AssignmentState(state)


def test_a_conflict_that_a_coordinator_upholds_puts_the_work_on_hold(scene: Build) -> None:
    here, _ = undecided(scene, "scoring")

    decide_it(here, FindingAct.UPHOLD)

    assert states(here) == [(here.members[0].key, S.SUSPENDED)]


def test_a_pair_that_waits_for_a_decision_is_not_planned_and_can_not_be_asked(scene: Build) -> None:
    here = scene(portfolios=0, members=2)
    named = [f"{here.members[0].actor.name} (mentor)"]
    here.portfolios.append(an_admitted_portfolio(here.round, people_named=named))

    services.make_plan(here.coordinator, here.round.key)
    with pytest.raises(Refused, match="needs a decision first"):
        services.offer(here.coordinator, here.portfolios[0].assessment_key, here.members[0].key)
    services.send_plan(here.coordinator, here.round.key)

    assert states(here) == [(here.members[1].key, S.OFFERED)]
    assert reading().scalars(select(PlanShortfall.reason)).all() == ["1 member needs a decision"]
