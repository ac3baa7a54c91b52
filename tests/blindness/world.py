"""A candidate whose traces lie in every place that can hold one, and the people who must not find them."""

import base64
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from panel_app import clock
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import APiece, APortfolio, a_portfolio, admit_portfolio, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.portfolios.models import Relation
from panel_app.programmes.queries import RoundView
from tests.foundation.files.samples import docx_with, jpeg_with_exif, pdf_with, png_with

NAME = "Quillon Marrowbane-Tarn"
ALIAS = "Quill Tarnrook"
EMAIL = "q.marrowbane@gleamworks.example.org"
ORGANISATION = "Gleamworks Foundry"
MENTOR = "Oswin Featherlode"
FILE = "Marrowbane_portfolio"


@dataclass(frozen=True)
class World:
    """The portfolio, its round, and who looks."""

    round: RoundView
    portfolio: APortfolio
    coordinator: Actor
    scoring: Actor
    submitted: Actor
    offered: Actor
    assignments: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, ...]:
        """Every string that says who made the portfolio."""
        return (NAME, "Marrowbane", ALIAS, EMAIL, ORGANISATION, "Gleamworks", MENTOR, self.portfolio.candidate.key)


def forms_of(words: str) -> set[bytes]:
    """A string as a page, an address, a header or a file may spell it."""
    plain = words.encode()
    forms = {plain, escape(words).encode(), quote(words).encode(), quote(words, safe="").encode()}
    forms |= {words.encode("utf-16-le"), words.encode("utf-16-be"), words.lower().encode()}
    return forms | {base64.b64encode(plain[cut:])[4:-4] for cut in range(3) if len(plain) > 12}


def planted_pieces() -> list[APiece]:
    """Files that carry the name in their properties, and names that say whose they are."""
    pdf = pdf_with(
        info={"Author": NAME, "Title": f"{NAME} cv"},
        xmp={"dc:creator": NAME, "dc:title": f"For {ORGANISATION}"},
        attachment=(f"{FILE}.txt", EMAIL.encode()),
        picture=jpeg_with_exif(NAME),
    )
    word = docx_with(core={"author": NAME, "last_modified_by": EMAIL}, comment=(NAME, "Looks good to me."))
    png = png_with(text={"Author": NAME, "Copyright": ORGANISATION})
    contents = {f"{FILE}.pdf": pdf, f"{FILE}.docx": word, f"{FILE}.jpg": jpeg_with_exif(NAME), f"{FILE}.png": png}
    return [
        APiece(shows="The service in production.", maps={"C1": Relation.SHOWS}, name=name, content=content)
        for name, content in contents.items()
    ]


def build() -> World:
    """A portfolio with one sheet submitted, one being written and one offer open."""
    round_ = a_round(state="open", promised={"assessors": {"portfolio": 3}})
    coordinator = a_coordinator(round_.id)
    candidate = a_person(NAME, EMAIL)
    portfolio = a_portfolio(
        round_,
        candidate,
        organisation=ORGANISATION,
        other_names=[ALIAS],
        people_named=[f"{MENTOR} (mentor)"],
        evidence=[*three_links(), *planted_pieces()],
    )
    with clock.pinned(round_.scoring_due_at):
        admit_portfolio(portfolio, round_)
        members = [a_member(round_) for _ in range(3)]
        states = ("accepted", "accepted", "offered")
        given = [an_assignment(portfolio, member, state=state) for member, state in zip(members, states, strict=True)]
        a_submitted_sheet(given[0].key)
        a_saved_sheet(given[1].key)
    submitted, scoring, offered = (member.actor for member in members)
    return World(round_, portfolio, coordinator, scoring, submitted, offered, tuple(each.key for each in given))
