"""What the register asks of coordinators."""

from collections.abc import Iterable

from flask import url_for

from panel_app.conflicts.queries.register_page import waiting_for
from panel_app.conflicts.rules import FindingState
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, counting, sentence


@needs("conflicts.undecided")
def findings_to_decide(actor: Actor) -> Iterable[Need]:
    """Findings in a coordinator's rounds wait for a decision. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for round_ in waiting_for(actor, mine) if mine else []:
        yield Need(
            tone=Tone.WAIT,
            sentence=counting(
                "%(num)s possible conflict in %(code)s needs a decision",
                "%(num)s possible conflicts in %(code)s need a decision",
                round_.findings,
                code=round_.round_code,
            ),
            why=sentence(N_("Until then the members that it names can't be asked to assess there.")),
            href=url_for("conflicts.register", round_key=round_.round_key, state=FindingState.OPEN.value),
            action=sentence(N_("Decide")),
            due_at=round_.decide_by,
            date_kind=DateKind.DECIDE,
            zone=round_.zone,
            order=10,
        )
