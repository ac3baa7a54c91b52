"""Acts of panel members, moderators and signers, as they do them in the browser."""

import re

from playwright.sync_api import Page, expect

CRITERIA = ("C1", "C2", "C3", "C4", "C5", "C6")


def check_interests(page: Page) -> None:
    """Say that there is nothing more to declare."""
    page.goto("/panel/me")
    page.get_by_role("button", name=re.compile("I have checked my interests")).click()


def has_offer(page: Page) -> bool:
    """Whether an offer waits on the member's first page."""
    page.goto("/today")
    return page.get_by_role("link", name=re.compile("See the offer")).count() > 0


def accept(page: Page) -> None:
    """Take the one offer."""
    page.goto("/today")
    page.get_by_role("link", name=re.compile("See the offer")).click()
    page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.get_by_text("You accepted. The portfolio stands in your reviews.")).to_be_visible()


def decline(page: Page, reason: str) -> None:
    """Say no to the one offer."""
    page.goto("/today")
    page.get_by_role("link", name=re.compile("See the offer")).click()
    page.get_by_role("link", name="Decline").click()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("You declined. Nothing more is needed from you.")).to_be_visible()


def open_sheet(page: Page) -> str:
    """Start scoring the one portfolio; gives the sheet's address."""
    page.goto("/reviews")
    page.get_by_role("link", name=re.compile("CPAP-27A-")).first.click()
    page.get_by_role("button", name="Start scoring").click()
    page.wait_for_selector("html[data-ready=all]")  # keys are pressed next, and without scripts there are none
    expect(page.locator("[data-criterion=C1] h2")).to_be_visible()
    return page.url


def read_pdf(page: Page) -> None:
    """Open the first piece; its first page is drawn into a canvas."""
    page.get_by_role("link", name=re.compile("Piece 1")).or_(page.get_by_text("Piece 1")).first.click()
    expect(page.locator("canvas").first).to_be_visible()


def score(page: Page, levels: dict[str, int]) -> None:
    """Give each criterion its level by key, and its words."""
    for code in CRITERIA:
        page.locator(f"[data-step={code}]").click()
        part = page.locator(f"[data-criterion={code}]")
        expect(part).to_be_visible()
        part.locator("h2").focus()
        page.keyboard.press(str(levels[code]))
        part.get_by_label(re.compile("^Why this level")).fill(f"{code}: the alert and its owner are shown, as in E02.")
        part.get_by_label(re.compile("^Feedback to the candidate")).fill(
            f"{code}: say who owned the alert, and show the figures of the quarter after the change."
        )
        part.get_by_text("Fair", exact=True).click()
    expect(page.locator("[data-saved]").first).to_have_text(re.compile("^Saved"))


def submit_sheet(page: Page) -> None:
    """Check and submit; the page shows the levels once more, never the mean."""
    page.locator("[data-step=finish]").click()
    page.get_by_role("group", name=re.compile("^The portfolio as a whole")).get_by_text("Pass", exact=True).click()
    page.get_by_role("button", name="Check and submit").click()
    page.get_by_label("No, none did").check()
    page.get_by_role("button", name=re.compile("^Submit CPAP-27A-")).click()


def answer_case(page: Page, words: str) -> None:
    """Answer the one open case as its moderator."""
    page.goto("/today")
    page.get_by_role("link", name=re.compile("Answer the case")).click()
    page.get_by_label("Your answer and why").fill(words)
    page.get_by_role("button", name="Answer the case").click()
    expect(page).to_have_url(re.compile("/moderation"))


def sign_off(page: Page) -> None:
    """Sign the one proposed outcome."""
    page.goto("/sign-off")
    page.get_by_role("link", name=re.compile("CPAP-27A-")).first.click()
    page.get_by_label(re.compile("^I have read how this was decided")).check()
    page.get_by_role("button", name=re.compile("^Sign off CPAP-27A-")).click()
    expect(page.get_by_text("Your signature is kept.")).to_be_visible()
