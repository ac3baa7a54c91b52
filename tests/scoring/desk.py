"""What a person does at the sheet in a browser, and what they see there."""

from playwright.sync_api import Locator, Page, expect

from panel_app.foundation.database import reading
from tests.scoring.places import Place
from tests.scoring.saves import stored

KEPT = "Kept on this device, not sent yet"


def open_sheet(page: Page, place: Place) -> Page:
    """The sheet, with its scripts at work."""
    page.goto(f"/reviews/{place.key}")
    page.wait_for_selector("html[data-ready=all]")
    return page


def box(page: Page, field: str) -> Locator:
    """The text box of a field, such as C1.rationale."""
    return page.locator(f"textarea[name='{field}']")


def level(page: Page, code: str, points: int) -> Locator:
    """The radio button of a level."""
    return page.locator(f"input[name='{code}.level'][value='{points}']")


def status(page: Page) -> Locator:
    """What the page says of its saves."""
    return page.locator("[data-saved]")


def wait_until_saved(page: Page) -> None:
    """Until the page says that everything is saved."""
    expect(status(page)).to_have_text("Saved 09:00")


def on_sheet(place: Place) -> dict[str, str]:
    """What the server holds now."""
    reading().rollback()
    return stored(place.key)
