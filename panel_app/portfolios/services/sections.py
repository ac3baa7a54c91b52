"""Writing sections: each save names the version that it started from."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.words import N_
from panel_app.portfolios.happenings import SectionSaved
from panel_app.portfolios.models import SectionText
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.drafts import portfolio_row
from panel_app.portfolios.rules import texts
from panel_app.portfolios.services.guarding import changing


@dataclass(frozen=True)
class SavedSection:
    """A save that holds: its new revision, when, and how many words it has."""

    revision: int
    saved_at: datetime
    words: int


NEWER = N_("This section was saved from another page since you opened this one. Compare both texts, then save again.")


TOO_LONG = N_("This has %(n)s characters; shorten it to %(most)s.")


class NewerText(Conflicted):
    """The section was saved elsewhere since: `text` is what stands now, at `revision`. Nothing was changed."""

    def __init__(self, text: str, revision: int) -> None:
        super().__init__("text", gettext(NEWER))
        self.text, self.revision = text, revision


def save_section(actor: Actor, key: str, section: str, text: str, *, revision: int) -> SavedSection:
    """Keep a section's text, also of too many words. Raises Refused, NewerText, and Conflicted past LONGEST letters."""
    with changing(actor, PortfolioAct.WRITE, key) as (db, portfolio):
        outline = portfolio_row(key)
        if outline is None or outline.outline.section(section) is None:
            raise Refused(NOT_FOUND)
        row = db.scalars(select(SectionText).filter_by(portfolio_id=portfolio.id, section=section)).one_or_none()
        if row is None:
            row = SectionText(portfolio_id=portfolio.id, section=section, text="", revision=0, saved_at=clock.now())
        wanted = texts.stored(text)
        if len(wanted) > texts.LONGEST:
            raise Conflicted("text", gettext(TOO_LONG, n=len(wanted), most=texts.LONGEST))
        if row.revision != revision and row.text != wanted:
            raise NewerText(row.text, row.revision)
        if row.text != wanted or row.revision == 0:
            row.text, row.saved_at, row.revision = wanted, clock.now(), row.revision + 1
            db.add(row)
            record(SectionSaved(portfolio_id=portfolio.id, section=section, revision=row.revision), by=actor)
        return SavedSection(row.revision, row.saved_at, texts.count_words(wanted))
