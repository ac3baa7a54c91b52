"""When a person is erased: what the panel holds of a member in words goes; the seat stays under the neutral label."""

from sqlalchemy import delete, select

from panel_app.accounts.happenings import PersonErased
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import on
from panel_app.panel.models import Declaration, FormerOrganisation, Member

ERASED = "(erased)"


@on(PersonErased)
def forget_member(what: PersonErased, _by: Actor) -> None:
    """Other names, organisations, and the words of declarations. Nobody offers work to a closed account."""
    with transaction() as db:
        member = locked(db, Member, person_id=what.person_id)
        if member is None:
            return
        member.organisation = member.aliases = member.credential = ""
        db.execute(delete(FormerOrganisation).where(FormerOrganisation.member_id == member.id))
        for each in db.scalars(select(Declaration).where(Declaration.member_id == member.id)):
            each.relation = ERASED
            each.about = each.about if each.portfolio_id is not None else ERASED
        db.flush()
