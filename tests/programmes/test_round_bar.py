"""The bar of a round's pages: which round one is in, and the way to the others."""

from collections.abc import Callable

from flask import Flask

from panel_app.accounts.services import grant_role
from panel_app.demo.builders.accounts import a_coordinator, an_observer
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Actor, Role
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]

ROUND = "//*[contains(concat(' ', @class, ' '), ' round ')]"


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
