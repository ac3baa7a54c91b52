"""What a member says of themself: credential, organisations, other names, domains of experience."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import can, must
from panel_app.panel.happenings import MemberChanged
from panel_app.panel.models import FormerOrganisation, Member
from panel_app.panel.policy import PanelAct
from panel_app.panel.queries.profiles import former_of
from panel_app.panel.rules import Former


@dataclass(frozen=True)
class Profile:
    """What a member says of themself. `domains`: codes of the framework, such as PSF-3."""

    credential: str = ""
    organisation: str = ""
    former: Sequence[Former] = ()
    aliases: Sequence[str] = ()
    domains: Sequence[str] = ()


def change_member(actor: Actor, member_key: str, profile: Profile) -> None:
    """Replace what a member says of themself; conflicts are looked for anew when it differs. Raises Refused."""
    with transaction() as db:
        member = locked(db, Member, key=member_key)
        must(can(actor, PanelAct.CHANGE_MEMBER, member_key))
        assert member is not None  # `can` has refused what isn't there
        changed = [name for name, value in _columns(profile).items() if _set(member, name, value)]
        if _replace_former(db, member.id, tuple(profile.former)):
            changed.append("former")
        if changed:
            db.flush()
            record(MemberChanged(member_id=member.id, fields=tuple(sorted(changed))), by=actor)


def _columns(profile: Profile) -> dict[str, object]:
    return {
        "credential": profile.credential.strip(),
        "organisation": profile.organisation.strip(),
        "aliases": "\n".join(profile.aliases),
        "domains": sorted(set(profile.domains)),
    }


def _set(member: Member, name: str, value: object) -> bool:
    differs: bool = getattr(member, name) != value
    setattr(member, name, value)
    return differs


def _replace_former(db: Session, member_id: int, wanted: tuple[Former, ...]) -> bool:
    if set(former_of(member_id)) == set(wanted):
        return False
    db.execute(delete(FormerOrganisation).where(FormerOrganisation.member_id == member_id))
    db.add_all(FormerOrganisation(member_id=member_id, name=each.name, until=each.until) for each in wanted)
    return True
