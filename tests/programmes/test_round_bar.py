"""The bar of a round's pages: which section one is in, which round, and the way to the others."""

from collections.abc import Callable

import pytest
from flask import Flask

from panel_app.accounts.services import grant_role
from panel_app.demo.builders.accounts import a_coordinator, an_observer
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Actor, Role
from tests.support.pages import Page, Visitor

Visit = Callable[[Actor | None], Visitor]

MARKED = "//nav[@id='nav']/a[@aria-current]"
ROUND = "//*[contains(concat(' ', @class, ' '), ' round ')]"


def marked(page: Page) -> list[tuple[str, str]]:
    """The lines of the navigation that are marked, with how."""
    return list(zip(page.all(MARKED), page.all(f"{MARKED}/@aria-current"), strict=True))


@pytest.mark.parametrize(
    ("below", "section"),
    [("desk", ("Desk", "page")), ("portfolios", ("Portfolios", "page")), ("panel/invite", ("Panel", "true")),
     ("messages/coming", ("Messages", "true")), ("dates", ("Dates and policy", "true"))],
)  # fmt: skip
def test_the_section_of_a_page_is_marked(app: Flask, visit: Visit, below: str, section: tuple[str, str]) -> None:
    round_ = a_round(state="open")

    page = visit(a_coordinator(round_.id)).get(f"/rounds/{round_.key}/{below}")

    assert marked(page) == [section]


def test_a_page_deep_below_marks_the_nearest_section_alone(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="open")
    built = a_portfolio(round_)

    ours = visit(a_coordinator(round_.id)).get(f"/rounds/{round_.key}/portfolios/{built.key}")
    theirs = visit(built.candidate).get(f"/portfolios/{built.key}/receipt")

    assert (marked(ours), marked(theirs)) == ([("Portfolios", "true")], [("My portfolios", "true")])


def test_a_page_outside_every_section_marks_none(app: Flask, visit: Visit) -> None:
    page = visit(a_coordinator(a_round().id)).get("/account")

    assert marked(page) == []


def test_the_bar_names_the_round_and_leads_to_the_same_page_of_the_others(app: Flask, visit: Visit) -> None:
    here, there, foreign = a_round(state="open"), a_round(state="closed"), a_round(state="open")
    coordinator = a_coordinator(here.id)
    grant_role(SYSTEM, coordinator.person_id or 0, Role.COORDINATOR, there.id)

    page = visit(coordinator).get(f"/rounds/{here.key}/portfolios")

    assert page.all(f"{ROUND}/summary") == [f"Round {here.code}"]
    assert page.all(f"{ROUND}//a/@href") == [f"/rounds/{there.key}/portfolios"]
    assert foreign.code not in page.text


def test_who_has_one_round_reads_its_name_without_a_list(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="open")

    page = visit(an_observer(round_.id)).get(f"/rounds/{round_.key}")

    assert page.all(ROUND) == [f"Round {round_.code}"]
    assert page.all(f"{ROUND}//a") == []
