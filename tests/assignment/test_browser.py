"""Pages of assignment in Chromium: axe finds nothing, nothing is wider than the window, light and dark."""

import os
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from panel_app.assignment import services
from panel_app.assignment.models import PlanPair
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration
from panel_app.foundation.database import reading
from tests.assignment.conftest import Build, Scene
from tests.support.browsers import Window, axe_findings

pytestmark = pytest.mark.browser
SIZES = [(1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")]


def looked_at(page: Page, path: str) -> list[str]:
    """Open a page; what axe and the window's width find wrong with it."""
    page.goto(path)
    if folder := os.environ.get("PICTURES"):
        name = path.strip("/").replace("/", "-")[-40:] + f"-{page.viewport_size['width']}"  # type: ignore[index]
        dark = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
        page.screenshot(path=str(Path(folder) / f"{name}-{dark}.png"), full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{path}: {each}" for each in (*axe_findings(page), *(["wider than the window"] if wide else []))]


@pytest.fixture
def planned(scene: Build) -> Scene:
    """A draft with a shortfall, a choice by hand and a pair that was barred since."""
    here = scene(portfolios=4, members=4, capacity=2)
    services.make_plan(here.coordinator, here.round.key)
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None
    services.remove_pair(here.coordinator, here.round.key, pair.key, "They asked for a pause until the summer.")
    a_declaration(here.members[0], "Harbour Lights Cooperative")
    return here


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_coordinators_pages(app: Flask, planned: Scene, window: Window, width: int, scheme: str) -> None:
    page = window(planned.coordinator, width=width, scheme=scheme)
    round_key, portfolio = planned.round.key, planned.portfolios[0]
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None

    found = looked_at(page, f"/rounds/{round_key}/plan")
    found += looked_at(page, f"/rounds/{round_key}/plan/{portfolio.assessment_key}/add")
    found += looked_at(page, f"/rounds/{round_key}/plan/pairs/{pair.key}/remove")

    assert found == []


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pages_of_offers_and_assignments(app: Flask, scene: Build, window: Window, width: int, scheme: str) -> None:
    here = scene(members=3)
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    work = an_assignment(here.portfolios[0], here.members[1], state="scoring")
    member, coordinator = (
        window(built.actor, width=width, scheme=scheme),
        window(here.coordinator, width=width, scheme=scheme),
    )

    found: list[str] = []
    for address in ("", "/decline", "/later", "/recuse"):
        found += looked_at(member, f"/reviews/offers/{built.key}{address}")
    for address in ("replace", "extend"):
        found += looked_at(coordinator, f"/rounds/{here.round.key}/assignments/{work.key}/{address}")
    found += looked_at(coordinator, f"/rounds/{here.round.key}/portfolios/{here.portfolios[0].key}")

    assert found == []
