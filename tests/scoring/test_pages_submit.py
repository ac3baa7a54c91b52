"""Pages around the submission: what is missing, the last look, what was submitted, and taking it back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask

from panel_app import clock
from panel_app.assignment.services import reopen
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_mended_sheet, a_saved_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.scoring.queries import submitted_sheets
from panel_app.scoring.services import submit_sheet, take_back_sheet
from tests.scoring.answers import form_of
from tests.scoring.places import Place, a_place
from tests.scoring.saves import head_of, stored
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


def test_check_lists_what_is_missing_beside_the_button(place: Place, visit: Visit) -> None:
    a_saved_sheet(place.key, criteria=5)
    browser = visit(place.actor)
    sent = form_of(browser.get(f"/reviews/{place.key}"), **{"C6.level": "2", "C6.feedback": "Too short."})

    page = browser.post(f"/reviews/{place.key}/check", 422, **sent)

    assert page.title.startswith("Error: ")
    assert page.errors == [
        "C6: say why this level.",
        "C6: say how sure you are.",
        "C6: write at least 40 characters of feedback, as it is below the top level.",
        "Say what you think of the portfolio as a whole.",
    ]
    assert page.all("//section[@id='finish']//div[@id='error-summary']//a/@href") == [
        "#C6-rationale", "#C6-confidence", "#C6-feedback", "#global_view",
    ]  # fmt: skip
    assert page.all("//*[@id='C6-confidence']/@type") == ["radio"]
    assert stored(place.key)["C6.feedback"] == "Too short."


def test_confirmation_shows_the_levels_and_never_the_mean_then_submits_once(place: Place, visit: Visit) -> None:
    a_saved_sheet(place.key, levels={"C1": 4, "C2": 3, "C3": 2, "C4": 2, "C5": 3, "C6": 4})
    browser = visit(place.actor)

    page = browser.post(f"/reviews/{place.key}/check", **form_of(browser.get(f"/reviews/{place.key}")))
    assert page.all("//tbody//td[1]")[0].endswith("4 Exemplary")
    assert not re.search(r"\d[.,]\d|mean|average", page.main)
    sent: dict[str, Any] = {name: page.field(name) for name in ("revision", "form_key")}
    undeclared = browser.post(f"/reviews/{place.key}/submit", 422, **sent)
    unnamed = browser.post(f"/reviews/{place.key}/submit", 422, **sent, tools="some")
    sent["tools"] = "none"
    first = browser.post(f"/reviews/{place.key}/submit", **sent)
    again = browser.post(f"/reviews/{place.key}/submit", **sent)

    assert undeclared.errors == ["Choose whether a tool outside this site saw evidence."]
    assert unnamed.errors == ["Enter which tool it was, and what it saw."]
    assert "Your score sheet is submitted." in first.main
    assert "Submitted. It can't be changed" in again.main
    assert len(submitted_sheets(place.portfolio.assessment_id)) == 1


def test_next_levels_descriptor_stands_beside_the_feedback(place: Place, visit: Visit) -> None:
    page = visit(place.actor).get(f"/reviews/{place.key}")

    beside = page.all("//section[@id='C1']//*[@class='next-levels']/p")
    words = page.all("//section[@id='C1']//*[@class='level-words']")
    assert beside == [
        f"The next level, {name}: {said}"
        for name, said in zip(("2 Developing", "3 Proficient", "4 Exemplary"), words[1:4], strict=True)
    ]


def test_cannot_judge_is_chosen_on_the_page_and_shown_before_the_submission(place: Place, visit: Visit) -> None:
    a_saved_sheet(place.key)
    browser = visit(place.actor)
    chosen = {"C3.level": "cannot_judge"}

    unsaid = browser.post(f"/reviews/{place.key}/check", 422, **form_of(browser.get(f"/reviews/{place.key}"), **chosen))
    said = {**chosen, "C3.cannot_judge": "E02 does not open."}
    page = browser.post(f"/reviews/{place.key}/check", **form_of(unsaid, **said))

    assert unsaid.errors == ["C3: say why you can't judge it."]
    assert unsaid.all("//section[@id='finish']//div[@id='error-summary']//a/@href") == ["#C3-cannot_judge"]
    assert page.all("//tbody//td[1]")[2].endswith("cannot judge")
    assert "E02 does not open." in page.main


def test_submitted_sheet_can_be_read_by_its_writer(place: Place, visit: Visit) -> None:
    a_submitted_sheet(place.key)

    page = visit(place.actor).get(f"/reviews/{place.key}")

    assert "3 Proficient" in page.main
    assert "Two releases with figures" in page.main
    assert page.all("//textarea") == []


def with_grace() -> Place:
    """A place in a round in which a submitted sheet can be taken back for half an hour."""
    return a_place(a_round(state="closed", working={"grace_minutes": 30}))


def test_last_look_says_for_how_long_it_can_be_taken_back(app: Flask, visit: Visit) -> None:
    place = with_grace()
    a_saved_sheet(place.key)

    page = visit(place.actor).get(f"/reviews/{place.key}/submit")

    assert "After this you can take it back for 30 minutes" in page.main


def test_a_sheet_is_taken_back_from_its_page_and_is_open_again_as_it_was(app: Flask, visit: Visit) -> None:
    place = with_grace()
    a_submitted_sheet(place.key)
    before = stored(place.key)
    browser = visit(place.actor)

    offered = browser.get(f"/reviews/{place.key}")
    page = browser.post(f"/reviews/{place.key}/take-back")

    assert "You can take it back without a reason until" in offered.main
    assert "Your score sheet is open again." in page.main
    assert form_of(page)["C1.level"] == "3"
    assert stored(place.key) == before


def test_once_the_time_is_over_the_page_offers_it_no_more_and_refuses_it(app: Flask, visit: Visit) -> None:
    place = with_grace()
    a_submitted_sheet(place.key)

    with clock.pinned(clock.now() + timedelta(minutes=30)):
        browser = visit(place.actor)
        page = browser.get(f"/reviews/{place.key}")
        late = browser.post(f"/reviews/{place.key}/take-back", 409)

    assert "take it back" not in page.main
    assert "The time to take it back is over." in late.main
    assert len(submitted_sheets(place.portfolio.assessment_id)) == 1


def test_what_the_coordinator_opened_again_is_said_and_shown_to_have_no_time_to_be_taken_back(
    app: Flask, visit: Visit
) -> None:
    place = with_grace()
    a_submitted_sheet(place.key)
    reopen(a_coordinator(place.round_.id), place.key, "C2 names the wrong figure.")
    browser = visit(place.actor)

    last_look = browser.get(f"/reviews/{place.key}/submit")
    a_mended_sheet(place.actor, place.key, "C2", 2)
    page = browser.get(f"/reviews/{place.key}")
    refused = browser.post(f"/reviews/{place.key}/take-back", 409)

    assert "After this it can't be changed." in last_look.main
    assert "take it back" not in page.main
    assert "The time to take it back is over." in refused.main


def test_one_taken_back_has_the_time_again(app: Flask, visit: Visit) -> None:
    place = with_grace()
    a_submitted_sheet(place.key)
    take_back_sheet(place.actor, place.key)

    a_mended_sheet(place.actor, place.key, "C2", 2)

    assert "You can take it back without a reason until" in visit(place.actor).get(f"/reviews/{place.key}").main


def test_nobody_takes_back_the_sheet_of_another(app: Flask, visit: Visit) -> None:
    place = with_grace()
    a_submitted_sheet(place.key)
    other = a_place(place.round_, None, place.portfolio)

    visit(other.actor).post(f"/reviews/{place.key}/take-back", 404)

    assert len(submitted_sheets(place.portfolio.assessment_id)) == 1


def test_declared_tools_and_what_cannot_be_judged_reach_the_coordinator_once_it_stands(
    app: Flask, visit: Visit
) -> None:
    place = with_grace()
    a_saved_sheet(place.key, texts={"C3.level": "cannot_judge", "C3.cannot_judge": "The figures of E02 are cut off."})
    revision = head_of(place.key).revision
    submit_sheet(place.actor, place.key, revision=revision, form_key="f", outside_tools="A translator saw E02.")
    address = f"/rounds/{place.round_.key}/portfolios/{place.portfolio.key}"
    coordinator = a_coordinator(place.round_.id)

    early = visit(coordinator).get(address)
    with clock.pinned(clock.now() + timedelta(minutes=30)):
        page = visit(coordinator).get(address)

    for words in ("The figures of E02 are cut off.", "A translator saw E02."):
        assert words not in early.body
        assert words in page.main
    assert "3 Proficient" not in page.main


def test_feedback_that_names_the_candidate_is_told_to_the_coordinator_and_never_to_its_writer(
    app: Flask, visit: Visit
) -> None:
    name, round_ = "Quince Halyard", a_round(state="closed")
    place = a_place(round_, portfolio=an_admitted_portfolio(round_, a_person(name)))
    a_submitted_sheet(place.key, texts={"C2.feedback": f"Well done, {name}: now show how often the fallback was used."})
    coordinator = a_coordinator(place.round_.id)

    page = visit(coordinator).get(f"/rounds/{place.round_.key}/portfolios/{place.portfolio.key}")
    own = visit(place.actor).get(f"/reviews/{place.key}")

    assert f"Sheet A, C2: “{name}”" in page.main
    assert "may name the candidate" not in own.body
