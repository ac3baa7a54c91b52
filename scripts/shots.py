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

    `steps`: a path, then links to follow, each a pattern that the whole path of a link fits. `whole`: the page to its end,
    else the window.
    """

    name: str
    who: str
    steps: tuple[str, ...]
    width: int = 1280
    whole: bool = False

    def reach(self, page: Page) -> None:
        """Go to the page. Raises LookupError, naming the picture, where a link is missing."""
        page.goto(self.steps[0])
        for pattern in self.steps[1:]:
            page.goto(self._link(page, pattern))
        page.wait_for_load_state("networkidle")

    def _link(self, page: Page, pattern: str) -> str:
        for link in page.query_selector_all("main a[href]"):
            path = (link.get_attribute("href") or "").partition("#")[0]
            if re.fullmatch(pattern, path):
                return path
        raise LookupError(f"{self.name}: no link like {pattern} on {page.url}")


ROUND = f"/rounds/{KEY}"
SHOTS = (
    Shot("candidate-portfolio", DRAFT, ("/portfolios", f"/portfolios/{KEY}")),
    Shot("candidate-receipt", RECEIPT, ("/portfolios", f"/portfolios/{KEY}", f"/portfolios/{KEY}/receipt")),
    Shot("candidate-outcome", REFER, ("/portfolios", f"/portfolios/{KEY}/outcome")),
    Shot("candidate-phone", DRAFT, ("/portfolios", f"/portfolios/{KEY}"), width=390),
    Shot("member-today", HALF_WRITTEN, ("/today",)),
    Shot("member-offer", OFFER, ("/reviews", f"/reviews/offers/{KEY}")),
    Shot("member-sheet", HALF_WRITTEN, ("/reviews", f"/reviews/{KEY}")),
    Shot("member-phone", HALF_WRITTEN, ("/reviews", f"/reviews/{KEY}"), width=390),
    Shot("coordinator-desk", DESK, ("/today", f"{ROUND}/desk")),
    Shot("coordinator-plan", DESK, ("/today", f"{ROUND}/desk", f"{ROUND}/plan")),
    Shot("coordinator-conflicts", DESK, ("/today", f"{ROUND}/conflicts.*")),
    Shot("moderator-case", CASES, ("/moderation", f"/moderation/{KEY}")),
    Shot("signer-sign-off", TO_SIGN, ("/sign-off", f"/sign-off/{KEY}")),
    Shot("observer-round", OBSERVED, ("/rounds", ROUND)),
    Shot("admin-people", PEOPLE, ("/people",)),
)
