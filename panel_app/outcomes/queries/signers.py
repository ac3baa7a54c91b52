"""Who is asked to sign in a round, and what waits for one of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app.accounts.models import RoleGrant
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.outcomes.models import Outcome
from panel_app.outcomes.queries.lists import ToSign, waiting_query
from panel_app.programmes.queries import promised

MOST_TOLD = 50
"""So many outcomes stand in one message; its link to the list leads to the others."""


@dataclass(frozen=True)
class Window:
    """From when, and before when, outcomes were proposed."""

    since: datetime
    until: datetime


def signers_of(round_id: int) -> list[int]:
    """The ids of the persons whose role lets them sign in a round, as it promises. Two statements."""
    names = [Role(name) for name in promised(round_id).may_sign]
    query = select(RoleGrant.person_id).where(RoleGrant.round_id == round_id, RoleGrant.role.in_(names)).distinct()
    return list(reading().scalars(query.order_by(RoleGrant.person_id)))


def proposed_within(actor: Actor, round_id: int, window: Window) -> list[ToSign]:
    """What was proposed in a round in that time and waits for this signer, the earliest due first. One statement."""
    query = waiting_query(actor, [round_id]).where(
        Outcome.proposed_at >= window.since, Outcome.proposed_at < window.until
    )
    rows = reading().execute(query.order_by(Outcome.sign_off_by, Outcome.key).limit(MOST_TOLD))
    return [ToSign(**row._asdict()) for row in rows]
