"""Pages of score sheets, as a panel member sees them."""

from collections.abc import Callable

from flask import Flask

from panel_app.demo.builders.scoring import a_saved_sheet
from panel_app.foundation.actors import Actor
from tests.scoring.places import a_place
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


def test_list_says_what_to_start(app: Flask, visit: Visit) -> None:
    place = a_place()

    page = visit(place.actor).get("/reviews")

    assert page.references == [place.portfolio.reference]
    assert f"Start {place.portfolio.reference}" in page.main


def test_start_gives_an_empty_sheet(app: Flask, visit: Visit) -> None:
    place = a_place()
    browser = visit(place.actor)

    browser.get(f"/reviews/{place.key}")
    page = browser.post(f"/reviews/{place.key}/start")

    assert page.heading == f"Score sheet {place.portfolio.reference}"
    assert page.all("//input[@type='radio'][@checked]") == []


def test_whole_way(app: Flask, visit: Visit) -> None:
    place = a_place()
    a_saved_sheet(place.key)
    browser = visit(place.actor)
    page = browser.get(f"/reviews/{place.key}")
    page = browser.get(f"/reviews/{place.key}/submit")
    page = browser.post(
        f"/reviews/{place.key}/submit", revision=page.field("revision"), form_key=page.field("form_key")
    )
    assert "Your score sheet is submitted." in page.main
    page = browser.get(f"/reviews/{place.key}")
    assert "3 Proficient" in page.main
