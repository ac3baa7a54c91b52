"""What the demo round consists of, read from the data files beside this module.

`portfolios()` gives the twenty-four of the current round and the three of an earlier, released one; `members()` and
`staff()` the people; `sheets()` and `moderated()` what was written about the portfolios. All frozen, always the same.
Names are made of plants, stones and animals, addresses lie under example.org: nobody here exists.
"""

from panel_app.demo.contents.load import members, moderated, portfolio, portfolios, sheets, staff
from panel_app.demo.contents.shapes import (
    Declaration,
    DemoEvidence,
    DemoMember,
    DemoModeratedLevel,
    DemoModeration,
    DemoPerson,
    DemoPortfolio,
    DemoScore,
    DemoSheet,
    DemoStaff,
)

__all__ = [
    "Declaration",
    "DemoEvidence",
    "DemoMember",
    "DemoModeratedLevel",
    "DemoModeration",
    "DemoPerson",
    "DemoPortfolio",
    "DemoScore",
    "DemoSheet",
    "DemoStaff",
    "members",
    "moderated",
    "portfolio",
    "portfolios",
    "sheets",
    "staff",
]
