"""The candidate's pages, as a page client sees them."""

from collections.abc import Callable

from flask import Flask

from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.portfolios import a_portfolio, a_text_file, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


def test_walk(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round())
    browser = visit(built.candidate)
    for path in ("", "/about", "/sections/reflection", "/files", "/links", "/submit", "/receipt"):
        browser.get(f"/portfolios/{built.key}{path}")
    browser.get(f"/portfolios/evidence/{built.pieces[0]}")
    browser.get("/portfolios")
    browser.get("/portfolios/new")


def test_walk_of_a_coordinator(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_portfolio(round_, evidence=[*three_links(), a_text_file()])
    browser = visit(a_coordinator(round_.id))
    page = browser.get(f"/rounds/{round_.key}/portfolios")
    assert page.references == [built.reference]
    page = browser.get(f"/rounds/{round_.key}/portfolios/{built.key}")
    assert built.candidate.name in page.main
    browser.get(f"/rounds/{round_.key}/portfolios/{built.key}/extend")
    assert (
        browser.get(page.all("//a[contains(@href, '/reviews/copies/')]/@href")[0]).response.mimetype
        == "application/octet-stream"
    )
    browser.get(page.all("//a[contains(@href, '/reviews/copies/')]/@href")[0] + "/text")
