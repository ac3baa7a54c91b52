"""Acts of a candidate, as they do them in the browser."""

import re

from playwright.sync_api import Page, expect

from tests.flow.stage import PASSWORD, Theatre
from tests.foundation.files.samples import docx_with, jpeg_with_exif, pdf_with


def sign_up(theatre: Theatre, name: str, email: str) -> Page:
    """Sign up, follow the link in the mail, choose a password; gives the window on the first page."""
    page = theatre.window()
    page.goto("/sign-up")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email address").fill(email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    return open_account(theatre, page, email)


def open_account(theatre: Theatre, page: Page, email: str) -> Page:
    """Follow the link in the newest mail and choose a password."""
    page.goto(theatre.link_for(email))
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("open the account")).click()
    expect(page).to_have_url(re.compile("/today$"))
    return page


SECTIONS = (
    "System and context",
    "Deployment and scale",
    "PSF domain evidence",
    "Risk register",
    "Incidents and iteration",
    "Reflection",
)


def start_portfolio(page: Page, organisation: str) -> str:
    """Start a portfolio in the one open round; gives its address."""
    page.goto("/portfolios/new")
    page.get_by_role("link", name=re.compile("Start here")).click()
    page.get_by_label("Your employer or organisation").fill(organisation)
    page.get_by_role("button", name="Start the portfolio").click()
    expect(page.get_by_text("Your draft is there.")).to_be_visible()
    return page.url


def write_sections(page: Page, portfolio: str) -> None:
    """A text for each section; one is saved as it is typed, the others by their button."""
    for title in SECTIONS:
        page.goto(portfolio)
        page.get_by_role("link", name=re.compile(f"^{title}")).first.click()
        page.get_by_label("Your text").fill(f"{title}: the service answers 4,000 questions a day for 41 clerks.")
        page.get_by_role("button", name="Save and go back").click()
        expect(page).to_have_url(portfolio)


def add_evidence(page: Page, portfolio: str, author: str) -> None:
    """Three files and a link, each described and mapped; together they show every domain."""
    page.goto(f"{portfolio}/files")
    files = {
        "Überblick – plan.pdf": ("application/pdf", pdf_with(pages=3, info={"Author": author})),
        "post-incident.docx": ("application/octet-stream", docx_with(core={"author": author})),
        "dashboard.jpg": ("image/jpeg", jpeg_with_exif(author, size=(400, 300))),
    }
    payloads = [{"name": name, "mimeType": kind, "buffer": content} for name, (kind, content) in files.items()]
    page.get_by_label("File").set_input_files(payloads)  # type: ignore[arg-type]  # name, kind and content
    page.get_by_role("button", name="Send").click()
    for name in files:
        expect(page.get_by_text(f"{name} is here.")).to_be_visible()
    page.goto(f"{portfolio}/links")
    page.get_by_label("Address").fill("https://status.brightpier.example.org/2026")
    page.locator("main button[type=submit]").click()
    for number in range(1, 5):
        _describe(page, portfolio, number)


def _describe(page: Page, portfolio: str, number: int) -> None:
    page.goto(portfolio)
    page.locator(f"[data-row=E0{number}] .piece-name a").click()
    page.get_by_label("What it shows").fill(f"Piece {number}: the alert, who answered it, and what changed after.")
    for target in (f"C{number}", f"PSF-{2 * number - 1}", f"PSF-{2 * number}"):
        page.get_by_label(re.compile(f"^{target}\\b")).select_option("shows")
    page.get_by_role("button", name="Save", exact=True).click()


def submit_portfolio(page: Page, portfolio: str) -> str:
    """Submit; gives the receipt's SHA-256 as the page shows it."""
    page.goto(f"{portfolio}/submit")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Receipt for CPAP-27A-"))
    found = re.search(r"\b[0-9a-f]{64}\b", page.inner_text("main"))
    assert found is not None
    return found[0]
