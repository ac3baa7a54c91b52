"""Interests: declared, withdrawn with the history kept, and the word that there is nothing more."""

from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_
from panel_app.panel.happenings import DeclarationChanged, InterestsChecked
from panel_app.panel.models import Declaration, Member
from panel_app.panel.policy import PanelAct
from panel_app.panel.queries.profiles import declarable_portfolio, same_declaration
from panel_app.panel.rules import DECLARATION, DeclarationAct, DeclarationKind, Interest

UNKNOWN_REFERENCE = N_("No portfolio of your rounds has this reference. Copy it from the offer, sign by sign.")
DECLARED_ALREADY = N_("You declared this already: it stands in the list below.")


def declare(actor: Actor, member_key: str, interest: Interest) -> str:
    """Declare an interest; conflicts are looked for in the same act. Returns the declaration's key. Raises Refused."""
    with transaction() as db:
        member = _own(db, actor, member_key)
        about, portfolio_id = " ".join(interest.about.split()), None
        if interest.kind is DeclarationKind.PORTFOLIO:
            about = about.upper()
            portfolio_id = declarable_portfolio(member.id, about)
            if portfolio_id is None:
                raise Refused(UNKNOWN_REFERENCE, moment=True)
        if same_declaration(member.id, interest.kind, about) is not None:
            raise Refused(DECLARED_ALREADY, moment=True)
        row = Declaration(
            key=new_key(),
            member_id=member.id,
            kind=interest.kind,
            about=about,
            portfolio_id=portfolio_id,
            relation=interest.relation.strip(),
            ended_on=interest.ended_on,
            state=DECLARATION.start,
            declared_at=clock.now(),
        )
        db.add(row)
        _changed(db, actor, row)
        return row.key


def withdraw_declaration(actor: Actor, key: str) -> None:
    """Withdraw a declaration: it no longer counts and stays in the history. Raises Refused and NotFromHere."""
    with transaction() as db:
        row = locked(db, Declaration, key=key)
        must(can(actor, PanelAct.WITHDRAW_DECLARATION, key))
        assert row is not None  # `can` has refused what isn't there
        row.state = DECLARATION.after(DeclarationAct.WITHDRAW, row.state)
        row.withdrawn_at = clock.now()
        _changed(db, actor, row)


def check_interests(actor: Actor, member_key: str) -> None:
    """Keep the member's word that there is nothing more to declare, with its instant. Raises Refused."""
    with transaction() as db:
        member = _own(db, actor, member_key)
        member.interests_checked_at = clock.now()
        record(InterestsChecked(member_id=member.id), by=actor)


def _own(db: Session, actor: Actor, member_key: str) -> Member:
    member = locked(db, Member, key=member_key)
    must(can(actor, PanelAct.DECLARE, member_key))
    assert member is not None  # `can` has refused what isn't there
    return member


def _changed(db: Session, actor: Actor, row: Declaration) -> None:
    db.flush()
    record(DeclarationChanged(member_id=row.member_id, declaration_id=row.id, state=row.state.value), by=actor)
