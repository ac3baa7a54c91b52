"""Independence is checked, not presumed: at plan, offer, acceptance, start and submission (design 3)."""

from flask_babel import gettext
from sqlalchemy import select

from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import NOT_INDEPENDENT, Independence, independence
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import Refused
from panel_app.foundation.words import N_, Sentence

NOT_SETTLED = Sentence(
    N_("A coordinator has to settle a question about this portfolio first. Nothing is lost; you get a message.")
)


def refuse(sentence: Sentence) -> Refused:
    """The refusal of a right person at a wrong moment, in the reader's language."""
    return Refused(gettext(sentence.template, **sentence.params), moment=True)


def standing_of(member_id: int, portfolio_id: int) -> Independence:
    """What the register says of a pair now. One statement."""
    found = select(Finding.state).filter_by(member_id=member_id, portfolio_id=portfolio_id)
    return independence(reading().scalars(found))


def must_be_independent(member_id: int, portfolio_id: int) -> None:
    """Raise Refused, in the member's words, unless the register lets the member assess the portfolio now."""
    found = standing_of(member_id, portfolio_id)
    if found is Independence.BARRED:
        raise refuse(NOT_INDEPENDENT)
    if found is Independence.UNDECIDED:
        raise refuse(NOT_SETTLED)
