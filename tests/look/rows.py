"""Sample rows in the shapes that the components take. Nobody here is real."""

from __future__ import annotations

from types import SimpleNamespace as Row

from markupsafe import Markup


def _nav(current: str, *texts: str) -> list[Row]:
    return [
        Row(href=f"/{text.lower().replace(' ', '-')}", text=text, current="page" if text == current else "")
        for text in texts
    ]


DESK = ("Desk", "Portfolios", "Panel", "Conflicts", "Plan", "Moderation", "Outcomes")
NAV = {
    "desk": _nav("Desk", *DESK),
    "empty": _nav("Plan", *DESK),
    "parts": _nav("Panel", *DESK),
    "portfolio": _nav("My portfolio", "My portfolio", "Criteria", "Help"),
    "outcome": _nav("My outcome", "My outcome", "Criteria", "Help"),
    "sheet": _nav("My reviews", "Today", "My reviews", "Guidance"),
}
VIEWER = Row(
    signed_in=True,
    name="Coordinator with a rather long Name-of-Two-Parts",
    is_candidate=False,
    is_member=False,
    roles=frozenset(),
)

DUE = Row(
    iso="2026-12-03T18:00:00Z", text="Thu 3 Dec 18:00 in Lisbon", own="Thu 3 Dec 19:00 in Berlin", relative="in 8 days"
)
NOW = "2026-11-25T02:30:00Z"

NEEDS = [
    Row(
        tone="bad",
        sentence="CPAP-26A-H4XN has one assessor too few",
        why="Declined twice. PSF-7 is held by three members: one barred, two full. Since Mon.",
        text="See options",
        main=True,
    ),
    Row(
        tone="bad",
        sentence="Late conflict on CPAP-26A-W9TD",
        why="Assessor declared a client tie after starting; sheet is set aside. Since yesterday 16:40.",
        text="Decide",
        main=False,
    ),
    Row(
        tone="wait",
        sentence="3 sheets not started, due in 8 days",
        why="At their own pace two of them end after the date. Reminded twice.",
        text="Write or replace",
        main=False,
    ),
    Row(
        tone="wait",
        sentence="Discrepancy on CPAP-26A-3FMR",
        why="C2 is 4 against 2. Third assessor offered on Tue, answer due tomorrow.",
        text="Open case",
        main=False,
    ),
    Row(
        tone="work",
        sentence="5 findings need a decision",
        why="Same earlier employer, 14 to 30 months ago.",
        text="Decide together",
        main=False,
    ),
]
STATS = [
    ("7", "need you now", "/needs"),
    ("61 / 96", "score sheets in", "/sheets"),
    ("4", "moderation cases", "/cases"),
    ("2 Dec", "likely done (1–5 Dec)", None),
]
PACE = Row(
    title="Sheets in by day",
    width=280,
    height=136,
    base=120,
    foot=133,
    done="M2 118 L30 112 L60 100 L90 92 L120 70 L150 58 L170 46",
    ahead="M170 46 L250 14",
    band="M170 46 L280 4 L280 34 Z",
    sentence="61 of 96 in.",
    pairs=[("Mon 23 Nov", 58), ("Tue 24 Nov", 61)],
    marks=[Row(x=170, text="today", tone=""), Row(x=260, text="due", tone="bad")],
)
LOAD = Row(
    title="Members by number of reviews",
    width=280,
    height=126,
    base=110,
    foot=123,
    sentence="Members by number of reviews. None above capacity.",
    bars=[
        Row(x=6 + 40 * n, middle=21 + 40 * n, y=110 - h, width=30, height=h, text=str(n + 1), value=v, tone=t)
        for n, (h, v, t) in enumerate([(40, 4, ""), (66, 7, ""), (90, 9, ""), (76, 8, "wait"), (26, 2, "bad")])
    ],
    pairs=[("1", 4), ("2", 7), ("3", 9), ("4", 8), ("5", 2)],
)
PARTS = [
    Row(href="#", name="System and context", count="640 / 800", label="Done", tone="good", thin=None),
    Row(
        href="#",
        name="PSF domain evidence",
        count="1,120 / 2,400",
        label="PSF-3 is thin",
        tone="wait",
        thin="Nothing shows PSF-3 Data Protection yet.",
    ),
    Row(href="#", name="Risk register", count="0", label="Not started", tone="still", thin=None),
    Row(href="#", name="Incidents and iteration", count="388 / 800", label="In progress", tone="work", thin=None),
]
S, T = "shows", "touches"
COVERAGE = Row(
    columns=[Row(text=str(n), name=f"PSF-{n}") for n in range(1, 9)],
    rows=[
        Row(name="Runbook.pdf", cells=[S, "", "", S, T, "", "", ""]),
        Row(name="Review-of-the-retrieval-service-incident.pdf", cells=["", "", "", S, S, T, "", ""]),
        Row(name="Evals.docx", cells=["", S, "", "", "", "", S, ""]),
        Row(name="Vendor.md", cells=["", "", "", "", "", "", "", S]),
    ],
    sentence=Markup("Nothing shows <b>PSF-3 Data Protection</b> yet."),
    words=[("Runbook.pdf", "shows PSF-1 and PSF-4, touches PSF-5")],
)
TRACE = [
    Markup("Two assessors scored apart: weighted means <b>2.35</b> and <b>2.60</b>."),
    Markup("They differed by 2 levels on C2, so a third assessor scored: <b>2.30</b>."),
    "A moderator set C2 at 2 Developing, with reasons.",
    Markup(
        "Published rule 2026.1: mean <b>2.42</b> is below 2.50; "
        "<b>C2</b> and <b>C3</b> are below the pass mark: <b>refer</b>."
    ),
]
CRITERIA = [
    ("C1 Production deployment", "3 Proficient", "met", "good"),
    ("C2 Application of the PSF", "2 Developing", "again", "wait"),
    ("C3 AI risk", "1 Insufficient", "again", "wait"),
    ("C4 Operation and incidents", "4 Exemplary", "met", "good"),
]
LEVELS = [
    Row(number=1, name="Insufficient", words="No operation shown."),
    Row(number=2, name="Developing", words="Monitoring described, little used."),
    Row(number=3, name="Proficient", words="Monitoring and a response path in use."),
    Row(
        number=4,
        name="Exemplary",
        words="Signals, thresholds and ownership shown, with at least one incident followed to its fix.",
    ),
]
STEPS = [
    Row(href="#", text=f"C{n}", name=f"Criterion {n}", state="done" if n < 4 else "now" if n == 4 else "open")
    for n in range(1, 7)
]
PLAN = [
    Row(
        reference="CPAP-26A-H4XN",
        asks="PSF-7, PSF-2",
        who="Member 14 deep PSF-2, lead",
        why="PSF-7 is held by Member 3 (barred: same employer), Member 8 and Member 21 (full).",
        match="0.41",
        state=("one missing", "bad"),
    ),
    Row(
        reference="CPAP-26A-8PLC",
        asks="PSF-4, PSF-5",
        who="Member 2 deep PSF-5, lead · Member 19 deep PSF-4",
        why="Next would be Member 11 (0.83).",
        match="0.92",
        state=("complete", "good"),
    ),
]
COLUMNS = [
    {"text": "Reference", "href": "?sort=reference", "sorted": "ascending"},
    {"text": "Asks for"},
    {"text": "Assessors, and why"},
    {"text": "State"},
    {"text": "Match", "num": True},
]
PAGER = Row(number=2, count=5, previous="?page=1", next="?page=3", sentence="21 to 40 of 96")
LONG = "Bundesanstalt-für-Materialforschung-und-prüfung-und-außerordentlich-lange-Zusammensetzungen"
FACTS = [
    ("Reference", "CPAP-26A-K7Q2"),
    ("Organisation", LONG),
    ("SHA-256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
]
TYPED = [
    ("reason", "A first line, as it was typed.\nA second line beneath it."),
    ("link", "https://example.org/" + "a-very-long-part-without-a-break" * 12),
]
