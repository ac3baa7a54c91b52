"""Pages of reviews and score sheets, as a panel member sees them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.panel import a_declaration
from panel_app.demo.builders.portfolios import three_links
from panel_app.demo.builders.scoring import a_saved_sheet, a_started_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.keys import new_key
from panel_app.foundation.needs import needs_of
from panel_app.foundation.times import to_wall
from panel_app.panel.services import withdraw_declaration
from panel_app.scoring.models import ReviewSeed
from panel_app.scoring.rules.queue import place_of
from panel_app.scoring.services import save_field
from tests.scoring.answers import form_of, neutral
from tests.scoring.places import Place, a_place, many_places, two_places
from tests.scoring.saves import a_change, a_save, stored
from tests.support.pages import Page, Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
Count = Callable[[], AbstractContextManager[Statements]]
LIST_STATEMENTS = 7
SHEET_STATEMENTS = 14
SHOWN_HEADS = "//h2[not(ancestor::*[@hidden])]"


def give_longer(place: Place, days: int) -> None:
    """Let this one sheet be due so many days from now."""
    wall = to_wall(clock.now() + timedelta(days=days), place.round_.zone)
    assignment.extend_due(a_coordinator(place.round_.id), place.key, wall, "Illness.")


def test_list_says_what_to_answer_what_to_score_and_what_was_submitted(app: Flask, visit: Visit) -> None:
    offered = a_place(state="offered")
    accepted = a_place(offered.round_, offered.member)
    submitted = a_place(offered.round_, offered.member)
    a_submitted_sheet(submitted.key)

    page = visit(offered.actor).get("/reviews")

    assert page.all(SHOWN_HEADS) == ["To answer", "To score", "Submitted"]
    assert page.references == [each.portfolio.reference for each in (offered, accepted, submitted)]
    assert {f"/reviews/offers/{offered.key}", f"/reviews/{accepted.key}", f"/reviews/{submitted.key}"} <= set(
        page.links()
    )


@pytest.mark.parametrize("parameter", ["sort=score", "state=submitted", "q=CPAP", "page=1&sort=due"])
def test_list_can_not_be_sorted_filtered_or_searched(place: Place, visit: Visit, parameter: str) -> None:
    visit(place.actor).get("/reviews?page=1")

    visit(place.actor).get(f"/reviews?{parameter}", 400)


def test_list_is_ordered_by_due_date_then_by_the_member_s_own_seed(app: Flask, visit: Visit) -> None:
    place = a_place()
    others = [a_place(place.round_, place.member) for _ in range(3)]
    give_longer(place, days=40)

    page = visit(place.actor).get("/reviews")

    seed = reading().scalars(select(ReviewSeed.seed)).one()
    same_day = sorted(others, key=lambda each: place_of(seed, each.key))
    assert page.references == [*(each.portfolio.reference for each in same_day), place.portfolio.reference]


@pytest.mark.parametrize("more", [4, 199])
def test_list_runs_as_many_statements_for_few_as_for_many(
    app: Flask, visit: Visit, count_statements: Count, more: int
) -> None:
    place = a_place()
    many_places(place, more)
    browser = visit(place.actor)

    with count_statements() as seen:
        page = browser.get("/reviews")

    assert len(page.references) == min(more + 1, 50)
    assert len(seen) == LIST_STATEMENTS, seen.by_place()


@pytest.mark.parametrize("pieces", [3, 9])
def test_sheet_runs_as_many_statements_for_few_pieces_as_for_many(
    app: Flask, visit: Visit, count_statements: Count, pieces: int
) -> None:
    links = [replace(each, link=f"{each.link}/{n}") for each in three_links() for n in range(pieces // 3)]
    place = a_place(evidence=links)
    a_saved_sheet(place.key, criteria=pieces // 3)
    browser = visit(place.actor)

    with count_statements() as seen:
        browser.get(f"/reviews/{place.key}")

    assert len(seen) == SHEET_STATEMENTS, seen.by_place()


def test_start_gives_an_empty_sheet_with_nothing_preset(app: Flask, visit: Visit) -> None:
    place = a_place()
    browser = visit(place.actor)

    page = browser.get(f"/reviews/{place.key}")
    assert page.heading == f"Start scoring {place.portfolio.reference}"
    page = browser.post(f"/reviews/{place.key}/start")

    assert page.heading == f"Score sheet {place.portfolio.reference}"
    assert page.all("//input[@type='radio'][@checked]") == []
    assert stored(place.key) == {}


def test_work_on_hold_is_told_without_a_hurry_and_without_its_contents(place: Place, visit: Visit) -> None:
    save_field(place.actor, place.key, a_change("C1.rationale", "The second release bears it out."))
    before = visit(place.actor).get(f"/reviews/{place.key}")
    a_declaration(place.member, "Harbour Lights Cooperative")
    browser = visit(place.actor)

    page = browser.get(f"/reviews/{place.key}")
    with clock.pinned(clock.now() + timedelta(days=200)):
        listed = visit(place.actor).get("/reviews")

    assert "The second release bears it out." in before.body
    assert "The second release bears it out." not in page.body
    assert "What you typed is kept; you will hear." in page.main
    assert "Overdue" not in listed.main
    heads = "//main//h2[not(ancestor::*[@hidden])] | //tbody//*[contains(@class, 'tag')]"
    assert listed.all(heads) == ["On hold", "On hold"]
    assert f"/reviews/{place.key}" in listed.links()


def test_work_that_may_go_on_says_that_what_was_typed_is_kept(place: Place, visit: Visit) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "3"))
    declared = a_declaration(place.member, "Harbour Lights Cooperative")
    assert visit(place.actor).get(f"/reviews/{place.key}").heading == f"{place.portfolio.reference} is on hold"
    withdraw_declaration(place.actor, declared)
    assignment.resume(a_coordinator(place.round_.id), place.key, "It was another company.")

    page = visit(place.actor).get(f"/reviews/{place.key}")
    visit(place.actor).post(f"/reviews/{place.key}/start")

    assert page.heading == f"Go on scoring {place.portfolio.reference}"
    assert stored(place.key) == {"C1.level": "3"}


def test_opening_pages_starts_and_changes_nothing(app: Flask, visit: Visit) -> None:
    place = a_place()

    for _ in range(2):
        visit(place.actor).get(f"/reviews/{place.key}")

    assert "Start" in visit(place.actor).get("/reviews").main


def test_sheet_shows_the_published_words_of_every_level_and_who_reads_each_field(place: Place, visit: Visit) -> None:
    page = visit(place.actor).get(f"/reviews/{place.key}")

    assert len(page.all("//*[@class='level-words']")) == 6 * (4 + 1)
    assert page.all("//section[@id='C1']//*[@class='level-name']") == [
        "1 Insufficient", "2 Developing", "3 Proficient", "4 Exemplary", "Can't judge",
    ]  # fmt: skip
    readers = page.all("//*[@data-criterion]//span[@class='label-more']")
    assert readers == [
        "· coordinators and moderators read this", *["· moderators read this once it is submitted"] * 2,
        "· they read this with the outcome", "· moderators see this",
    ] * 6 + ["· read when the pass mark is checked", "· moderators read this once it is submitted"]  # fmt: skip
    assert "The candidate may ask to see everything that is written about them" in page.main


def test_sheet_names_its_address_method_revision_and_token(place: Place, visit: Visit) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "3"))

    page = visit(place.actor).get(f"/reviews/{place.key}")

    assert page.all("//form/@data-autosave") == [f"/reviews/{place.key}/sheet"]
    assert page.all("//form/@data-autosave-method") == ["PATCH"]
    assert page.all("//form/@data-revision") == ["1"]
    assert page.all("//meta[@name='csrf-token']/@content") != [""]
    assert page.all("//*[@data-saved]") == ["Saved 09:00"]


def test_sheet_shows_evidence_by_neutral_labels_and_addresses_as_text(place: Place, visit: Visit) -> None:
    page = visit(place.actor).get(f"/reviews/{place.key}")

    assert page.all("//article[@data-piece]/h2")[:3] == ["E01 Link", "E02 Link", "E03 Link"]
    assert "https://releases.example.org/notes/1" in page.main
    assert not [href for href in page.all("//a/@href") if "releases.example.org" in href]


def test_sheet_says_nothing_of_who_made_the_portfolio(place: Place, visit: Visit) -> None:
    candidate = place.portfolio.candidate
    case = visit(a_coordinator(place.round_.id)).get(f"/rounds/{place.round_.key}/portfolios/{place.portfolio.key}")
    assert candidate.name in case.body
    assert "Harbour Lights Cooperative" in case.body

    page = visit(place.actor).get(f"/reviews/{place.key}")

    assert candidate.name not in page.body
    assert "Harbour Lights" not in page.body


def test_a_sheet_of_another_answers_as_an_unknown_one(app: Flask, visit: Visit) -> None:
    first, second = two_places()
    a_submitted_sheet(first.key)
    a_started_sheet(second.key)
    browser = visit(second.actor)

    for way in ("", "/submit"):
        bodies = [neutral(browser.get(f"/reviews/{key}{way}", 404).body, key) for key in (first.key, new_key())]
        assert bodies[0] == bodies[1]
    answers = [browser.send_json(f"/reviews/{key}/sheet", a_save(key)) for key in (first.key, new_key())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert [answer.get_json()["error"] for answer in answers] == [answers[0].get_json()["error"]] * 2


def test_nothing_tells_that_another_sheet_was_submitted(app: Flask, visit: Visit) -> None:
    first, second = two_places()
    a_started_sheet(second.key)
    browser = visit(second.actor)
    before = [neutral(browser.get(path).body, second.key) for path in ("/reviews", f"/reviews/{second.key}")]

    a_submitted_sheet(first.key)

    after = [neutral(browser.get(path).body, second.key) for path in ("/reviews", f"/reviews/{second.key}")]
    assert before == after


def test_after_recusing_the_page_shows_nothing_of_the_portfolio(place: Place, visit: Visit) -> None:
    assignment.recuse(place.actor, place.key, "I know who this is.")

    page = visit(place.actor).get(f"/reviews/{place.key}", 409)

    assert "You have no more part in this portfolio" in page.text
    assert place.portfolio.reference not in page.body


def test_without_a_script_the_form_saves_everything_at_once(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    sent = form_of(browser.get(f"/reviews/{place.key}"), **{"C1.level": "3", "C1.rationale": "Shown.", "note": "Hm."})

    page = browser.post(f"/reviews/{place.key}/save", **sent)

    assert "Saved 09:00" in page.main
    assert stored(place.key) == {"C1.level": "3", "C1.rationale": "Shown.", "note": "Hm."}


def test_without_a_script_a_level_can_be_cleared(place: Place, visit: Visit) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "3"))
    browser = visit(place.actor)
    sent = form_of(browser.get(f"/reviews/{place.key}"), clear="C1.level")
    assert sent["C1.level"] == "3"

    browser.post(f"/reviews/{place.key}/save", **sent)

    assert stored(place.key) == {}


def test_without_a_script_a_choice_that_is_none_is_refused_and_the_texts_are_saved(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    sent = form_of(browser.get(f"/reviews/{place.key}"), **{"C1.level": "best", "C1.confidence": "9", "note": "Hm."})

    page = browser.post(f"/reviews/{place.key}/save", 422, **sent)

    assert "There is no such choice here." in page.main
    assert stored(place.key) == {"note": "Hm."}


def test_without_a_script_a_form_that_comes_after_the_close_is_given_back(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    sent = form_of(browser.get(f"/reviews/{place.key}"), note="What I would ask <b>next</b>.")
    assignment.close_unneeded(place.portfolio.assessment_id)

    page = browser.post(f"/reviews/{place.key}/save", 409, **sent)

    assert "no longer needed" in page.main
    assert "What I would ask <b>next</b>." in page.main


def test_without_a_script_two_texts_are_shown_and_one_is_chosen(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    sent = form_of(browser.get(f"/reviews/{place.key}"), note="from the phone")
    save_field(place.actor, place.key, a_change("note", "from the desk", page="desk"))

    page = browser.post(f"/reviews/{place.key}/save", 409, **sent)
    assert form_of(page)["note"] == "from the phone"
    assert page.all("//*[@data-clash-theirs]")[0] == "from the desk"
    browser.post(f"/reviews/{place.key}/save", **form_of(page))

    assert stored(place.key) == {"note": "from the phone"}


def test_without_a_script_the_other_text_can_be_taken(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    sent = form_of(browser.get(f"/reviews/{place.key}"), note="from the phone")
    save_field(place.actor, place.key, a_change("note", "from the desk", page="desk"))

    page = browser.post(f"/reviews/{place.key}/save", 409, **sent)
    browser.post(f"/reviews/{place.key}/save", **form_of(page, take="note"))

    assert stored(place.key) == {"note": "from the desk"}


def test_an_expired_form_token_gives_the_filled_form_back(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    words = "x" * 3000
    sent = form_of(browser.get(f"/reviews/{place.key}"), note=words)

    answer = browser.open(f"/reviews/{place.key}/save", method="POST", data={**sent, "csrf_token": "old"})

    page = Page(answer, "save")
    assert page.status == 400
    assert words in page.body


def test_a_member_is_reminded_of_sheets_by_due_date_the_overdue_ones_first(app: Flask) -> None:
    place = a_place()
    started = a_place(place.round_, place.member)
    a_saved_sheet(started.key, criteria=2)
    give_longer(place, days=60)

    with clock.pinned(place.round_.scoring_due_at.replace(microsecond=1)), app.test_request_context():
        found = [
            need for need in needs_of(place.actor) if need.href in (f"/reviews/{place.key}", f"/reviews/{started.key}")
        ]

    assert [(need.tone.value, str(need.sentence)) for need in found] == [
        ("bad", f"Finish the score sheet for {started.portfolio.reference}"),
        ("wait", f"Start scoring {place.portfolio.reference}"),
    ]
    assert str(found[0].why) == "It is overdue: 2 of 6 levels given."
