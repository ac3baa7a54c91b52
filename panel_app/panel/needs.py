"""What the panel asks of people: members to check their interests, coordinators to see that they do."""

from collections.abc import Iterable

from flask import url_for

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.saying import listed
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, counting, sentence
from panel_app.panel.queries.waiting import unchecked_in, unchecked_of


@needs("panel.interests")
def interests_to_check(actor: Actor) -> Iterable[Need]:
    """A member's own word on interests is missing. One statement."""
    rounds = unchecked_of(actor.member_id) if actor.member_id is not None else []
    if not rounds:
        return []
    codes = listed([each.round_code for each in rounds])
    return [
        Need(
            tone=Tone.WAIT,
            sentence=sentence(N_("Declare your interests for %(codes)s"), codes=codes),
            why=sentence(N_("Portfolios are offered to you once you have said that there is nothing more to declare.")),
            href=url_for("panel.profile"),
            action=sentence(N_("Check interests")),
            due_at=rounds[0].closes_at,
            date_kind=DateKind.CLOSES,
            zone=rounds[0].zone,
        )
    ]


@needs("panel.unchecked")
def members_without_a_word(actor: Actor) -> Iterable[Need]:
    """Members of a coordinator's rounds have not checked their interests. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for round_ in unchecked_in(mine) if mine else []:
        yield Need(
            tone=Tone.NOTE,
            sentence=counting(
                "%(num)s panel member of %(code)s has not checked their interests",
                "%(num)s panel members of %(code)s have not checked their interests",
                round_.members,
                code=round_.round_code,
            ),
            why=sentence(N_("Conflicts that nobody declared are found late, and cost a second assessment.")),
            href=url_for("panel.listing", round_key=round_.round_key),
            action=sentence(N_("See the panel")),
            due_at=round_.closes_at,
            date_kind=DateKind.CLOSES,
            zone=round_.zone,
            order=20,
        )
