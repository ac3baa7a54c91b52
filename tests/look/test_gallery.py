"""Every component, at both sizes and in both palettes, through axe."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.look.gallery import ERRORS, PAGES

pytestmark = pytest.mark.browser
Scheme = Literal["light", "dark"]
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 800}}


def open_page(page: Page, name: str) -> None:
    page.goto(f"/{name}")
    if name == "form":
        page.click("button.btn-main")
    if "500" not in name:
        page.wait_for_selector("html[data-ready=all]")
    if name.startswith("error/"):
        page.locator("details").evaluate_all("every => every.forEach((each) => { each.open = true; })")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_passes_axe_and_fits_its_window(chromium: Browser, gallery: str, size: str, scheme: Scheme) -> None:
    context = chromium.new_context(base_url=gallery, viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()
    problems = {}

    for name in (*PAGES, *(f"error/{code}" for code in ERRORS)):
        open_page(page, name)
        wide = page.evaluate("document.documentElement.scrollWidth") > SIZES[size]["width"]
        problems[name] = violations(page) + ["scrolls sideways"] * wide

    context.close()
    assert {name: found for name, found in problems.items() if found} == {}


def test_theme_of_the_cookie_wins_over_the_device(chromium: Browser, gallery: str) -> None:
    context = chromium.new_context(base_url=gallery, color_scheme="light")
    page = context.new_page()
    page.goto("/desk")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)

    page.get_by_role("button", name="Dark").click()

    after, cookies = page.evaluate(ground), context.cookies()
    context.close()
    assert (before, after) == ("rgb(247, 246, 243)", "rgb(20, 23, 28)")
    assert [(c["name"], c["value"], c["sameSite"]) for c in cookies if c["name"] == "theme"] == [
        ("theme", "dark", "Lax")
    ]


def test_evidence_stays_paper_white_in_the_dark(chromium: Browser, gallery: str) -> None:
    context = chromium.new_context(base_url=gallery, color_scheme="dark")
    page = context.new_page()
    page.goto("/sheet")

    page_of_evidence = page.locator(".evidence-page")
    colours = page_of_evidence.evaluate("e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]")

    context.close()
    assert colours == ["rgb(255, 255, 255)", "rgb(34, 34, 34)"]
