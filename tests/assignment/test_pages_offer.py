"""A member's pages of an offer: what is asked, the answers, and what is left when it has ended."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from panel_app import clock
from panel_app.assignment import services
from panel_app.assignment.place_rules import ON_HOLD
from panel_app.assignment.queries.offers import assignments_of, assignments_of_member
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration
from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import can
from panel_app.portfolios.policy import PortfolioAct
from tests.assignment.conftest import Build, Scene
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
ENDS = ["declined", "deferred", "recalled", "recused", "expired", "replaced", "closed"]


def test_offer_tells_what_is_asked_and_nothing_of_the_candidate(scene: Build, visit: Visit) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    case = visit(here.coordinator).get(f"/rounds/{here.round.key}/portfolios/{here.portfolios[0].key}")
    assert here.portfolios[0].candidate.name in case.body
    assert "Harbour Lights Cooperative" in case.body

    page = visit(built.actor).get(f"/reviews/offers/{built.key}")

    assert page.heading == f"Assess {here.portfolios[0].reference}?"
    for words in ("Answer by", "Score sheet due", "PSF-1, PSF-2, PSF-3", "Accept " + here.portfolios[0].reference):
        assert words in page.main
    assert here.portfolios[0].candidate.name not in page.body
    assert "Harbour Lights" not in page.body


def test_opening_an_offer_answers_nothing(scene: Build, visit: Visit) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    for page in ("", "/decline", "/later", "/recuse"):
        visit(built.actor).get(f"/reviews/offers/{built.key}{page}")

    assert [row.state for row in assignments_of(built.assessment_id)] == [AssignmentState.OFFERED]


def test_accepting_on_the_page(scene: Build, visit: Visit) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    page = visit(built.actor).post(f"/reviews/offers/{built.key}/accept")

    assert "You accepted." in page.main
    assert "Give it back" in page.main
    assert f"/reviews/{built.key}" in page.links()


def test_declining_needs_a_reason_and_keeps_what_was_typed(scene: Build, visit: Visit) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    browser = visit(built.actor)

    empty = browser.post(f"/reviews/offers/{built.key}/decline", status=422, reason="")
    page = browser.post(f"/reviews/offers/{built.key}/decline", reason="Too much to do.")

    assert empty.errors == ["Enter the reason."]
    assert "You declined" in page.main
    assert here.portfolios[0].reference not in page.main


def test_not_now_takes_a_day_to_come(scene: Build, visit: Visit) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    browser = visit(built.actor)

    past = browser.post(f"/reviews/offers/{built.key}/later", status=409, until="2027-01-01")
    page = browser.post(f"/reviews/offers/{built.key}/later", until="2027-02-01")

    assert past.errors == ["Enter a day after today."]
    assert "not now" in page.main


def test_a_member_on_hold_reads_one_sentence_on_the_page_and_can_leave(scene: Build, visit: Visit) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    page = visit(built.actor).get(f"/reviews/offers/{built.key}")

    assert ON_HOLD in page.main
    assert here.portfolios[0].reference not in page.main
    assert f"/reviews/offers/{built.key}/recuse" in page.links()


def test_who_is_on_hold_can_recuse_and_nothing_else(scene: Build, visit: Visit) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    services.hold_work(here.coordinator, [built.key])
    browser = visit(built.actor)

    refused = browser.post(f"/reviews/offers/{built.key}/decline", 409, reason="Too much to do.")
    asked = browser.get(f"/reviews/offers/{built.key}/recuse")
    page = browser.post(f"/reviews/offers/{built.key}/recuse", reason="I recognise the project.")

    assert ON_HOLD in refused.main
    assert "Too much to do." in refused.body
    assert asked.heading == "Recuse yourself"
    assert "You have no more part in this portfolio." in page.main
    assert assignments_of(built.assessment_id)[0].state is AssignmentState.RECUSED


def test_a_reason_typed_where_an_assignment_has_ended_is_given_back_and_the_same_answer_is_as_once(
    scene: Build, visit: Visit
) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="declined")
    browser = visit(built.actor)

    refused = browser.post(f"/reviews/offers/{built.key}/recuse", 409, reason="I recognise the project.")
    again = browser.post(f"/reviews/offers/{built.key}/decline", reason="Too much to do.")

    assert "You declined this offer." in refused.main
    assert "I recognise the project." in refused.body
    assert again.heading == "There is nothing to do here"


@pytest.mark.parametrize("state", ENDS)
def test_where_an_assignment_ended_a_page_says_so_and_nothing_of_the_portfolio(
    scene: Build, visit: Visit, state: str
) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state=state)

    for address in ("", "/decline", "/later", "/recuse"):
        page = visit(built.actor).get(f"/reviews/offers/{built.key}{address}")
        assert page.heading == "There is nothing to do here"
        assert here.portfolios[0].reference not in page.body
        assert "PSF-1" not in page.body


def test_late_answers_come_back_with_the_reason(scene: Build, visit: Visit) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    last = assignments_of(built.assessment_id)[0].answer_by

    with clock.pinned(last + timedelta(seconds=1)):
        page = visit(built.actor).post(f"/reviews/offers/{built.key}/accept", status=409)

    assert page.errors[0].startswith("The time to answer ended")


def reads(scene: Scene, actor: Actor) -> tuple[bool, bool]:
    key = scene.portfolios[0].assessment_key
    return bool(can(actor, PortfolioAct.READ_BLIND, key)), bool(can(scene.coordinator, PortfolioAct.READ_BLIND, key))


@pytest.mark.parametrize(
    ("state", "may_read"),
    [("offered", False), ("accepted", True), ("scoring", True), ("submitted", True), ("reopened", True)]
    + [(state, False) for state in ENDS],
)
def test_the_portfolio_is_open_to_who_agreed_and_to_nobody_else(scene: Build, state: str, may_read: bool) -> None:
    here = scene(members=2)

    built = an_assignment(here.portfolios[0], here.members[0], state=state)

    assert reads(here, built.actor) == (may_read, True)


def test_an_assignment_switches_coordination_of_that_portfolio_off(scene: Build, visit: Visit) -> None:
    here = scene(portfolios=2, members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="declined")
    both = here.promote(built.actor)

    one = visit(both).get(f"/rounds/{here.round.key}/portfolios/{here.portfolios[1].key}")
    listing = visit(both).get(f"/rounds/{here.round.key}/portfolios")
    barred = visit(both).get(f"/rounds/{here.round.key}/portfolios/{here.portfolios[0].key}", status=403)

    assert one.heading == here.portfolios[1].reference
    assert listing.references == [here.portfolios[1].reference]
    assert "another coordinator of the round does" in barred.main


@pytest.mark.parametrize("number", [1, 3])
def test_a_members_list_runs_two_statements(
    scene: Build, number: int, count_statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    here = scene(portfolios=number, members=1)
    for portfolio in here.portfolios:
        an_assignment(portfolio, here.members[0])

    with count_statements() as seen:
        found = assignments_of_member(here.members[0].member_id)

    assert [row.key for row in found] == sorted(row.key for row in found)
    assert (len(found), len(seen)) == (number, 2), seen.by_place()


def test_a_third_assessor_is_asked_once_and_without_the_first_two(scene: Build) -> None:
    here = scene(members=3)
    for member in here.members[:2]:
        an_assignment(here.portfolios[0], member, state="submitted")

    keys = {services.third_assessor(here.portfolios[0].assessment_id) for _ in range(2)}

    third = [row for row in assignments_of(here.portfolios[0].assessment_id) if row.role.value == "third"]
    assert keys == {third[0].key}
    assert [row.member for row in third] == [here.members[2].key]


def test_no_third_assessor_is_left(scene: Build) -> None:
    here = scene(members=2)
    for member in here.members:
        an_assignment(here.portfolios[0], member, state="submitted")

    assert services.third_assessor(here.portfolios[0].assessment_id) is None


def test_an_offer_says_that_a_coordinator_may_read_what_is_never_submitted(scene: Build, visit: Visit) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    page = visit(built.actor).get(f"/reviews/offers/{built.key}")

    assert "can be read by a coordinator once the portfolio is signed off" in page.main
