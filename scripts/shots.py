"""Which pictures there are: whose page it is, and how it is reached from the first page, by its own links."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

DRAFT, RECEIPT, REFER = "p24", "p01", "e02"
DESK, CASES, TO_SIGN, OBSERVED, PEOPLE = "coordinator-1", "moderator", "signer-3", "observer", "admin"
HALF_WRITTEN = "A score sheet that is half written."
OFFER = "An offer to answer."
KEY = "[a-z2-7]{26}"


@dataclass(frozen=True)
class Shot:
    """One picture. `who`: the demo's short name of the person, or what its page of accounts says of a panel member.

    `steps`: a path, then links to follow, each a pattern that the whole text or path of a link fits. `press`: the text
    of a button or link to press then; `show`: a heading to begin with.
    """

    name: str
    who: str
    steps: tuple[str, ...]
    width: int = 1280
    press: str = ""
    show: str = ""

    def reach(self, page: Page) -> None:
        """Go to the page. Raises LookupError, naming the picture, where a link is missing."""
        page.goto(self.steps[0])
        for pattern in self.steps[1:]:
            page.goto(self._link(page, pattern))
        if self.press:
            page.get_by_text(self.press).first.click()
        if self.show:
            page.get_by_role("heading", name=self.show).first.evaluate("one => one.scrollIntoView()")
            page.mouse.wheel(0, -ABOVE)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(DRAWN_AFTER)

    def _link(self, page: Page, pattern: str) -> str:
        for link in page.query_selector_all("a[href]"):
            path = (link.get_attribute("href") or "").partition("#")[0]
            if re.fullmatch(pattern, path) or re.fullmatch(pattern, link.inner_text().strip()):
                return path
        raise LookupError(f"{self.name}: no link like {pattern} on {page.url}")


ABOVE = 24
"""Pixels that stay above a heading."""
DRAWN_AFTER = 700
"""Milliseconds in which a page of a PDF is drawn."""
EARLIER, CURRENT = "CPAP-26A-.*", "CPAP-26B"
"""The references of the earlier round and the code of the current one, at the instant at which the clock starts."""
ROUND = f"/rounds/{KEY}"
SHOTS = (
    Shot("candidate-portfolio", DRAFT, ("/portfolios", f"/portfolios/{KEY}")),
    Shot("candidate-receipt", RECEIPT, ("/portfolios", f"/portfolios/{KEY}", f"/portfolios/{KEY}/receipt")),
    Shot("candidate-outcome", REFER, ("/portfolios", EARLIER, f"/portfolios/{KEY}/outcome")),
    Shot("candidate-phone", DRAFT, ("/portfolios", f"/portfolios/{KEY}"), width=390),
    Shot("member-today", HALF_WRITTEN, ("/today",)),
    Shot("member-offer", OFFER, ("/reviews", f"/reviews/offers/{KEY}")),
    Shot("member-sheet", HALF_WRITTEN, ("/reviews", f"/reviews/{KEY}"), press="E02"),
    Shot("member-phone", HALF_WRITTEN, ("/reviews", f"/reviews/{KEY}"), width=390),
    Shot("coordinator-desk", DESK, ("/rounds", CURRENT, f"{ROUND}/desk")),
    Shot("coordinator-plan", DESK, ("/rounds", CURRENT, f"{ROUND}/plan")),
    Shot("coordinator-conflicts", DESK, ("/rounds", CURRENT, f"{ROUND}/conflicts")),
    Shot("moderator-case", CASES, ("/moderation", f"/moderation/{KEY}"), show="C1 "),
    Shot("signer-sign-off", TO_SIGN, ("/sign-off", f"/sign-off/{KEY}")),
    Shot("observer-round", OBSERVED, ("/rounds", CURRENT)),
    Shot("admin-people", PEOPLE, ("/people",)),
)
