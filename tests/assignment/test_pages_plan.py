"""The coordinator's pages: plan, choosing a member, what is done with an assignment, the portfolio's page."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select, update

from panel_app.assignment import services
from panel_app.assignment.models import PlanPair
from panel_app.assignment.queries.load import MOST_NAMED, panel_load
from panel_app.assignment.queries.offers import assignments_of
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading, transaction
from panel_app.panel.models import Seat
from tests.assignment.conftest import Build, Scene
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]


def path(scene: Scene, more: str = "") -> str:
    return f"/rounds/{scene.round.key}/plan{more}"


def test_before_a_plan_the_page_says_what_brings_one(scene: Build, visit: Visit) -> None:
    here = scene(portfolios=2)

    page = visit(here.coordinator).get(path(here))

    assert "2 portfolios wait for assessors." in page.main


def test_plan_shows_pairs_with_reasons_and_the_load(scene: Build, visit: Visit) -> None:
    here = scene(portfolios=2)

    page = visit(here.coordinator).post(path(here, "/make"))

    assert sorted(page.references) == sorted(one.reference for one in here.portfolios)
    assert page.main.count("Covers all of its domains (8)") == 4
    assert "Approve and send 4 offers" in page.main
    assert "Members by number of portfolios." in page.main


def test_shortfall_stands_first_with_its_reason(scene: Build, visit: Visit) -> None:
    here = scene(portfolios=3, members=3, capacity=2)
    services.make_plan(here.coordinator, here.round.key)
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None
    services.remove_pair(here.coordinator, here.round.key, pair.key, "They asked for a pause.")

    page = visit(here.coordinator).get(path(here))

    short = next(one for one in here.portfolios if one.assessment_id == pair.assessment_id)
    assert page.references[0] == short.reference
    assert "1 missing" in page.main


def test_sending_from_the_page_makes_offers(scene: Build, visit: Visit) -> None:
    here = scene()
    browser = visit(here.coordinator)
    browser.post(path(here, "/make"))

    page = browser.post(path(here, "/send"))

    assert "The offers are on their way." in page.main
    assert [row.state for row in assignments_of(here.portfolios[0].assessment_id)] == [AssignmentState.OFFERED] * 2
    assert "Draw up a plan" in page.main


def test_a_plan_that_can_not_be_sent_comes_back_with_the_pair_marked(scene: Build, visit: Visit) -> None:
    here = scene(members=2)
    browser = visit(here.coordinator)
    browser.post(path(here, "/make"))
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    page = browser.post(path(here, "/send"), status=409)

    assert page.errors == [
        "Some pairs of this plan can't be offered any more; they are marked below. Take them out, then send."
    ]
    assert "can't be offered" in page.main
    assert "This pair is barred" in page.main


def test_a_pair_is_taken_out_with_a_reason(scene: Build, visit: Visit) -> None:
    here = scene()
    browser = visit(here.coordinator)
    browser.post(path(here, "/make"))
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None

    empty = browser.post(path(here, f"/pairs/{pair.key}/remove"), status=422, reason=" ")
    page = browser.post(path(here, f"/pairs/{pair.key}/remove"), reason="They asked for a pause.")

    assert empty.errors == ["Enter the reason."]
    assert "The pair is out of the plan." in page.main


def test_choosing_lists_who_can_not_be_asked_and_refuses_them_with_the_reason(scene: Build, visit: Visit) -> None:
    here = scene(members=3)
    a_declaration(here.members[0], "Harbour Lights Cooperative")
    services.make_plan(here.coordinator, here.round.key)
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None
    services.remove_pair(here.coordinator, here.round.key, pair.key, "They asked for a pause.")
    add = path(here, f"/{here.portfolios[0].assessment_key}/add")

    page = visit(here.coordinator).get(add)
    refused = visit(here.coordinator).post(add, status=409, member=here.members[0].key, reason="They know the field.")

    assert "This pair is barred" in page.main
    assert here.members[0].key not in page.all("//input[@name='member']/@value")
    assert refused.errors[0].startswith("This pair is barred")
    assert "They know the field." in refused.all("//textarea")


def test_a_member_is_asked_outside_a_plan_from_the_portfolios_page(scene: Build, visit: Visit) -> None:
    here = scene()
    offer = f"/rounds/{here.round.key}/assessments/{here.portfolios[0].assessment_key}/offer"

    page = visit(here.coordinator).post(offer, member=here.members[0].key, reason="Knows the field.")

    assert "The offer is on its way." in page.main
    assert here.members[0].actor.name in page.main
    assert "Take the offer back" in page.main


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        ("offered", "recall", AssignmentState.RECALLED),
        ("scoring", "replace", AssignmentState.REPLACED),
        ("submitted", "reopen", AssignmentState.REOPENED),
    ],
)
def test_coordinator_acts_on_an_assignment_with_a_reason(
    scene: Build, visit: Visit, state: str, act: str, after: AssignmentState
) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state=state)
    address = f"/rounds/{here.round.key}/assignments/{built.key}/{act}"

    visit(here.coordinator).get(address)
    page = visit(here.coordinator).post(address, reason="The rota changed.")

    assert "The rota changed." in page.main
    assert [row.state for row in assignments_of(built.assessment_id)] == [after]


def test_a_due_date_moves_later_and_never_earlier(scene: Build, visit: Visit) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    address = f"/rounds/{here.round.key}/assignments/{built.key}/extend"

    early = visit(here.coordinator).post(address, status=409, due="2027-01-05T10:00", reason="A sooner end.")
    page = visit(here.coordinator).post(address, due="2027-03-05T10:00", reason="A fever.")

    assert early.errors == ["Enter a time after the due date that holds now, and after this moment."]
    assert "Fri 5 Mar 2027 10:00" in page.main
    assert here.mails(here.members[0], "due_moved") == 1


def test_work_on_hold_shows_its_ways_out(scene: Build, visit: Visit) -> None:
    here = scene(members=1)
    an_assignment(here.portfolios[0], here.members[0], state="scoring")
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    page = visit(here.coordinator).get(f"/rounds/{here.round.key}/portfolios/{here.portfolios[0].key}")

    for words in ("On hold", "On hold because of a conflict:", "Replace the member"):
        assert words in page.main
    assert "Look at this conflict" in page.main
    for words in ("Let the work go on", "Let the submitted sheet stand"):
        assert words not in page.main


def test_another_rounds_address_finds_nothing(scene: Build, visit: Visit) -> None:
    here, other = scene(members=1), scene(portfolios=0, members=0)
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    own, browser = visit(here.coordinator), visit(other.coordinator)

    own.get(path(here))
    own.get(f"/rounds/{here.round.key}/assignments/{built.key}/recall")
    browser.get(path(here), status=404)
    browser.get(f"/rounds/{other.round.key}/assignments/{built.key}/recall", status=404)


def test_a_large_panel_is_named_by_its_fullest(scene: Build, visit: Visit) -> None:
    here = scene(portfolios=1, members=MOST_NAMED + 2)
    busy = an_assignment(here.portfolios[0], here.members[2])

    page = visit(here.coordinator).get(path(here))

    names = page.all("//table[caption='Portfolios and places of each member']/tbody/tr/th")
    assert len(names) == MOST_NAMED
    assert names[0] == busy.actor.name
    assert "2 more members have as much room or more: the whole panel" in page.text


def test_whoever_would_have_too_many_is_named_however_large_the_panel(scene: Build) -> None:
    here = scene(portfolios=2, members=4)
    for member in here.members[:2]:
        an_assignment(here.portfolios[0], member)
    with transaction() as session:
        session.execute(update(Seat).values(capacity=0))

    load = panel_load(here.round.id, None, here.coordinator, most=1)

    assert {row.name for row in load.fullest} == {member.actor.name for member in here.members[:2]}
    assert sorted(each.total for each in load.loads) == [0, 0, 1, 1]
    assert load.unnamed == 2


@pytest.mark.parametrize("portfolios", [1, 3])
def test_plan_runs_the_same_statements_at_any_size(
    scene: Build, visit: Visit, portfolios: int, count_statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    here = scene(portfolios=portfolios, members=portfolios + 1)
    services.make_plan(here.coordinator, here.round.key)
    browser = visit(here.coordinator)

    with count_statements() as seen:
        page = browser.get(path(here))

    assert len(page.references) == portfolios
    assert len(seen) == STATEMENTS, seen.by_place()


STATEMENTS = 22


def test_a_sent_plan_shows_who_was_asked_in_anothers_place(scene: Build, visit: Visit) -> None:
    here = scene(portfolios=1, members=3)
    services.make_plan(here.coordinator, here.round.key)
    services.send_plan(here.coordinator, here.round.key)
    asked = assignments_of(here.portfolios[0].assessment_id)[0]
    declined = next(each for each in here.members if each.member_id == asked.member_id)

    services.decline_offer(declined.actor, asked.key, "I am away this month.")
    page = visit(here.coordinator).get(path(here))

    assert "Asked beside this plan." in page.main
    assert [each.actor.name in page.main for each in here.members] == [True] * 3
