"""Who may do what to a round."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import NOT_FOUND, Act, Allowed, Refusal, Verdict, policy, rule
from panel_app.foundation.words import N_
from panel_app.programmes.models import Round
from panel_app.programmes.rules.states import ROUND, RoundMove, RoundState


class RoundAct(Act):
    """Acts on a round."""

    READ = "programmes:read-round"
    COORDINATE = "programmes:coordinate-round"
    EDIT = "programmes:edit-round"
    PUBLISH = "programmes:publish-round"
    MOVE_DATES = "programmes:move-dates"
    CHANGE_WORKING_POLICY = "programmes:change-working-policy"
    END = "programmes:end-round"


@dataclass(frozen=True)
class RoundFacts:
    """What the rules need to know of a round."""

    id: int
    state: RoundState


def facts(key: str) -> RoundFacts | None:
    """Read the facts of one round. One statement."""
    row = reading().execute(select(Round.id, Round.state).where(Round.key == key)).one_or_none()
    return RoundFacts(*row) if row else None


def _has_a_part(actor: Actor, round_: RoundFacts) -> bool:
    return actor.is_system or any(actor.holds(role, round_.id) for role in Role)


def _runs_it(actor: Actor, round_: RoundFacts) -> bool:
    return actor.runs(round_.id)


def _is_draft(_actor: Actor, round_: RoundFacts) -> bool:
    return ROUND.can(RoundMove.PUBLISH, round_.state)


def _is_published(_actor: Actor, round_: RoundFacts) -> bool:
    return ROUND.can(RoundMove.END, round_.state)


has_a_part = rule(_has_a_part, NOT_FOUND)
coordinates = has_a_part & rule(_runs_it, N_("Only a coordinator of this round can do this. Ask one of them."))
is_draft = rule(
    _is_draft,
    N_("The round is published: this can't change any more. Its dates can move, with a reason."),
    moment=True,
)
is_published = rule(
    _is_published,
    N_("This is possible only while the round is published: not in a draft, and not once it has ended."),
    moment=True,
)

policy(
    facts,
    {
        RoundAct.COORDINATE: rule(_runs_it, NOT_FOUND),
        RoundAct.READ: has_a_part,
        RoundAct.EDIT: coordinates & is_draft,
        RoundAct.PUBLISH: coordinates & is_draft,
        RoundAct.MOVE_DATES: coordinates & is_published,
        RoundAct.CHANGE_WORKING_POLICY: coordinates & is_published,
        RoundAct.END: coordinates & is_published,
    },
)


def may_make_rounds(actor: Actor) -> Verdict:
    """Making a round has no thing yet: an admin, any round's coordinator, or the system."""
    if actor.is_system or actor.holds(Role.ADMIN) or actor.holds(Role.COORDINATOR):
        return Allowed()
    return Refusal(N_("Only an admin or a coordinator can make a round. Ask one of them."))
