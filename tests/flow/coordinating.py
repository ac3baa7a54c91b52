"""Acts of those who run a round, as they do them in the browser."""

import re

from playwright.sync_api import Page, expect

from tests.flow.stage import PASSWORD

DATES = {
    "Opens for portfolios": "2027-01-04T09:00",
    "Closes for portfolios": "2027-01-08T18:00",
    "Score sheets due": "2027-01-20T18:00",
    "Release of outcomes": "2027-02-01T09:00",
}


def make_and_publish_round(page: Page) -> str:
    """Make a CPAP round with its dates, publish it; gives its address."""
    page.goto("/rounds/new")
    page.get_by_label("Programme and rubric").select_option(label="CPAP 2026.1 · Certified Production AI Practitioner")
    page.get_by_label("Code").fill("CPAP-27A")
    page.get_by_label("Title").fill("Spring 2027")
    page.get_by_label("Time zone").fill("Europe/Lisbon")
    for label, wall in DATES.items():
        page.get_by_label(label).fill(wall)
    page.get_by_role("button", name="Make the round").click()
    page.get_by_role("link", name=re.compile("Publish")).first.click()
    page.get_by_role("button", name=re.compile("Publish")).click()
    expect(page.get_by_text("Rubric and promise can't change any more")).to_be_visible()
    return page.url


def grant(page: Page, name: str, role: str) -> None:
    """Give a person a role in the round."""
    page.goto("/people")
    page.get_by_role("link", name=name).click()
    page.get_by_label("Role").select_option(role)
    page.get_by_label("Round").select_option(label="CPAP-27A · Spring 2027")
    page.get_by_label("Reason").fill("They agreed to do it.")
    press_weighty(page, "Grant the role")
    expect(page.get_by_text("They agreed to do it.")).to_be_visible()


def press_weighty(page: Page, button: str) -> None:
    """Press a button that may ask again who one is, and answer it: the form waits, or its button is pressed anew."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()
    if page.locator("h1").inner_text() != "Is it you?":
        return
    page.get_by_label("Your password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()
    kept = page.get_by_role("button", name="Send it now")
    (kept if kept.count() else page.get_by_role("button", name=button)).click()


def admit_ready(page: Page, round_: str) -> None:
    """Admit every assessment that is ready."""
    page.goto(f"{round_}/portfolios")
    page.get_by_role("button", name=re.compile("^Admit")).click()
    expect(page.get_by_text("1 portfolio is admitted.")).to_be_visible()


def invite_member(page: Page, round_: str, name: str, email: str, organisation: str) -> None:
    """Invite a panel member with every domain of experience."""
    page.goto(f"{round_}/panel/invite")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Name (optional)").fill(name)
    page.get_by_label("Credential").fill("CPAA")
    page.get_by_label("Organisation").fill(organisation)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Portfolios in this round, at most").fill("4")
    page.get_by_role("button", name="Invite").click()
    expect(page).to_have_url(f"{round_}/panel")


def draw_and_send_plan(page: Page, round_: str) -> None:
    """Draw up a plan and approve it: the offers go out."""
    page.goto(f"{round_}/plan")
    page.get_by_role("button", name="Draw up a plan").click()
    page.get_by_role("button", name=re.compile("^Approve and send 2 offers")).click()
    expect(page.get_by_text("The offers are on their way.")).to_be_visible()


def prepare_release(page: Page, round_: str) -> None:
    """Let what is signed off leave at the planned time."""
    page.goto(f"{round_}/outcomes")
    press_weighty(page, "Prepare the release")
    expect(page.get_by_text(re.compile("prepared")).first).to_be_visible()


def what_blocks(page: Page, round_: str) -> str:
    """The one portfolio's line on the desk."""
    page.goto(f"{round_}/desk")
    return page.locator("tr[data-row]").inner_text()
