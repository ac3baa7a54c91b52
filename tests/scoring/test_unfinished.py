"""A review that ends mid-sheet keeps its text: for its writer, and in the coordinator's list of late sheets."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.moderation import AnAssessed, an_assessed_portfolio
from panel_app.demo.builders.outcomes import a_signed_outcome, two_signers
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import Refused
from panel_app.scoring.queries.unfinished import late_sheets, own_ended
from panel_app.scoring.services.unsent import read_unsent
from tests.scoring.places import Place, a_place
from tests.support.pages import Visitor
from tests.support.statements import Statements

pytestmark = pytest.mark.both_databases
Visit = Callable[[Actor | None], Visitor]
Count = Callable[[], AbstractContextManager[Statements]]
MARK = "Two rotas and a zanthoxyl."


@pytest.fixture
def begun(app: Flask) -> Place:
    """A sheet with two criteria done, one with words of its own, and a reference that quotes the evidence."""
    place = a_place()
    quoted = '[{"key":"k1k1k1k1","piece":"E01","page":12,"quote":"quetzalite fired","copy":""}]'
    a_saved_sheet(place.key, criteria=2, texts={"C1.rationale": MARK, "C1.references": quoted, "note": "Velutinous."})
    return place


def replaced(place: Place) -> Actor:
    coordinator = a_coordinator(place.round_.id)
    assignment.replace(coordinator, place.key, "No answer for two weeks.")
    return coordinator


def the_list(place: Place) -> str:
    return f"/rounds/{place.round_.key}/unfinished-sheets"


@pytest.mark.parametrize("end", ["recuse", "replace"])
def test_what_was_written_is_read_by_its_author_after_the_end(begun: Place, visit: Visit, end: str) -> None:
    if end == "recuse":
        assignment.recuse(begun.actor, begun.key, "I know them.")
    else:
        replaced(begun)
    browser = visit(begun.actor)

    listed, page = browser.get("/reviews"), browser.get(f"/reviews/{begun.key}/left")

    assert "/reviews/ended" in listed.links()
    assert browser.get("/reviews/ended").references == [begun.portfolio.reference]
    assert MARK in page.main
    assert "Velutinous." in page.main
    assert "E01, p. 12" in page.main
    assert "quetzalite" not in page.body


def test_a_sheet_on_hold_is_read_and_not_written(begun: Place, visit: Visit) -> None:
    assignment.hold_work(begun.actor, [begun.key])

    page = visit(begun.actor).get(f"/reviews/{begun.key}")

    assert f"/reviews/{begun.key}/left" in page.links()
    assert MARK in visit(begun.actor).get(f"/reviews/{begun.key}/left").main


def test_nobody_else_reads_it_and_a_live_sheet_has_its_own_page(begun: Place, visit: Visit) -> None:
    other = a_place(begun.round_, None, begun.portfolio)
    visit(begun.actor).get(f"/reviews/{begun.key}/left", 409)
    replaced(begun)

    visit(other.actor).get(f"/reviews/{begun.key}/left", 404)
    visit(begun.portfolio.candidate).get(f"/reviews/{begun.key}/left", 403)


def test_what_was_never_begun_is_in_no_list(app: Flask, visit: Visit) -> None:
    place = a_place(state="scoring")
    coordinator = replaced(place)

    assert visit(place.actor).get("/reviews/ended").references == []
    assert visit(coordinator).get(the_list(place)).references == []


def test_the_list_says_how_far_and_when_but_no_level_and_no_word(begun: Place, visit: Visit) -> None:
    coordinator = replaced(begun)

    page = visit(coordinator).get(the_list(begun))

    (row,) = late_sheets(coordinator, begun.round_.id, clock.now())
    assert (row.scored, row.criteria, row.state) == (2, 6, AssignmentState.REPLACED)
    assert page.references == [begun.portfolio.reference]
    assert f"2 of 6{row.letters} characters written" in page.main
    assert "09:00" in page.main
    assert begun.actor.name in page.main
    assert "zanthoxyl" not in page.body
    assert the_list(begun) in visit(coordinator).get(f"/rounds/{begun.round_.key}/desk").links()


def test_letters_are_those_of_all_texts(app: Flask) -> None:
    place = a_place(state="scoring")
    a_saved_sheet(place.key, criteria=0, texts={"C1.rationale": "abc", "C2.feedback": "de", "note": "f"})
    assignment.recuse(place.actor, place.key, "I know them.")

    (row,) = own_ended(place.member.member_id)

    assert (row.letters, row.scored) == (6, 0)


def test_an_overdue_sheet_is_in_the_list_until_it_is_submitted(app: Flask, visit: Visit) -> None:
    place = a_place()
    coordinator = a_coordinator(place.round_.id)
    early = visit(coordinator).get(the_list(place)).references
    with clock.pinned(place.round_.scoring_due_at + timedelta(days=1)):
        late = visit(coordinator).get(the_list(place))
        a_submitted_sheet(place.key)
        after = visit(coordinator).get(the_list(place)).references

    assert (early, late.references, after) == ([], [place.portfolio.reference], [])
    assert "nothing yet" in late.main


def test_before_the_sign_off_a_coordinator_reads_no_word(begun: Place, visit: Visit) -> None:
    coordinator = replaced(begun)

    with pytest.raises(Refused, match="once the portfolio is signed off"):
        read_unsent(coordinator, begun.key, "Curious.")

    assert "Read it" not in visit(coordinator).get(the_list(begun)).main
    visit(coordinator).get(f"{the_list(begun)}/{begun.key}", 409)


@pytest.fixture
def closed(app: Flask) -> tuple[AnAssessed, str, Actor]:
    """A portfolio that was signed off after one assessor had left a sheet half done; its key, and a coordinator."""
    left = a_place(a_round(state="scored"))
    a_saved_sheet(left.key, criteria=1, texts={"C1.rationale": MARK})
    coordinator = replaced(left)
    assessed = an_assessed_portfolio(left.round_, portfolio=left.portfolio)
    a_signed_outcome(assessed, two_signers(left.round_))
    return assessed, left.key, coordinator


def test_after_the_sign_off_it_is_read_with_a_reason_and_that_is_kept(
    closed: tuple[AnAssessed, str, Actor], visit: Visit
) -> None:
    _, key, coordinator = closed
    facts = assignment_facts(key)
    assert facts is not None
    address = f"/rounds/{facts.round_key}/unfinished-sheets/{key}"
    browser = visit(coordinator)

    asked = browser.get(address)
    without = browser.post(address, 422, reason=" ")
    page = browser.post(address, reason="A complaint of the candidate.")

    assert MARK not in asked.main + without.main
    assert MARK in page.main
    assert address in browser.get(f"/rounds/{facts.round_key}/unfinished-sheets").links()
    tags = reading().scalars(select(AuditEvent.tag).filter_by(tag="scoring:sheet:unsent-read")).all()
    assert tags == ["scoring:sheet:unsent-read"]


def test_only_a_coordinator_of_the_round_who_had_no_part_reads_it(
    closed: tuple[AnAssessed, str, Actor], visit: Visit
) -> None:
    assessed, key, _ = closed
    facts = assignment_facts(key)
    assert facts is not None
    address = f"/rounds/{facts.round_key}/unfinished-sheets/{key}"

    visit(a_coordinator(a_round().id)).get(address, 404)
    visit(assessed.members[0].actor).get(address, 403)
    with pytest.raises(Refused):
        read_unsent(assessed.members[0].actor, key, "Curious.")


@pytest.mark.parametrize("sheets", [1, 3])
def test_lists_run_as_many_statements_at_any_size(
    app: Flask, visit: Visit, count_statements: Count, sheets: int
) -> None:
    first = a_place()
    places = [first, *(a_place(first.round_, first.member) for _ in range(sheets - 1))]
    coordinator = a_coordinator(first.round_.id)
    for place in places:
        a_saved_sheet(place.key, criteria=1)
        assignment.replace(coordinator, place.key, "No answer.")
    browsers = {"/reviews/ended": visit(first.actor), the_list(first): visit(coordinator)}

    for address, browser in browsers.items():
        browser.get(address)
        with count_statements() as seen:
            page = browser.get(address)
        assert len(page.references) == sheets
        assert len(seen) == {"/reviews/ended": 3, the_list(first): 7}[address], seen.by_place()
