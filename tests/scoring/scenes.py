"""Sheets with evidence for tests in a browser: built once per worker, copied for each test."""

from playwright.sync_api import Page, expect

from panel_app.demo.builders.portfolios import APiece
from panel_app.demo.builders.scoring import a_started_sheet
from tests.scoring.places import Place, a_place
from tests.support.databases import Databases


def kept(name: str, databases: Databases, kept_places: dict[str, Place], evidence: list[APiece]) -> Place:
    """A started sheet on this evidence, under this name."""
    if name in kept_places:
        databases.renew(name)
        return kept_places[name]
    kept_places[name] = made = a_place(evidence=evidence)
    a_started_sheet(made.key)
    databases.keep(name)
    return made


def drawn(page: Page, number: int) -> None:
    """Wait until a page of the open PDF is drawn."""
    found = page.locator(f"[data-piece]:not([hidden]) [data-number='{number}']")
    expect(found).to_have_attribute("data-state", "drawn")
