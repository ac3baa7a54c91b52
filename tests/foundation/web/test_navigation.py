"""The navigation marks the page, or the line that a page lies under."""

from collections.abc import Callable

import pytest
from flask import Flask

from panel_app.demo.builders.accounts import a_coordinator, an_admin
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from tests.support.pages import Page, Visitor

Visit = Callable[..., Visitor]


def marked(page: Page) -> list[tuple[str, str]]:
    """Each marked line of the navigation with its mark."""
    lines = "//nav[@id='nav']//a[@aria-current]"
    return list(zip(page.all(f"{lines}/text()"), page.all(f"{lines}/@aria-current"), strict=True))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/rounds/{round}", ("Dates and policy", "page")),
        ("/rounds/{round}/dates", ("Dates and policy", "true")),
        ("/rounds/{round}/portfolios", ("Portfolios", "page")),
        ("/rounds/{round}/portfolios/{portfolio}", ("Portfolios", "true")),
        ("/rounds/{round}/panel/invite", ("Panel", "true")),
        ("/rounds/{round}/messages/coming", ("Messages", "true")),
        ("/rounds/{round}/assignments/{assignment}/recall", ("Plan", "true")),
    ],
)
def test_page_of_a_round_marks_its_line(app: Flask, visit: Visit, path: str, line: tuple[str, str]) -> None:
    round_ = a_round(state="closed")
    portfolio = an_admitted_portfolio(round_)
    assignment = an_assignment(portfolio, a_member(round_), state="offered")
    keys = {"round": round_.key, "portfolio": portfolio.key, "assignment": assignment.key}

    page = visit(a_coordinator(round_.id)).get(path.format(**keys))

    assert marked(page) == [line]


def test_candidate_s_page_marks_the_list_above_it(app: Flask, visit: Visit) -> None:
    portfolio = an_admitted_portfolio(a_round(state="closed"))
    candidate: Actor = portfolio.candidate

    assert marked(visit(candidate).get(f"/portfolios/{portfolio.key}/receipt")) == [("My portfolios", "true")]


def test_page_under_no_line_marks_none(app: Flask, visit: Visit) -> None:
    admin = visit(an_admin())

    assert marked(admin.get("/people")) == [("People", "page")]
    assert marked(admin.get("/account")) == []
