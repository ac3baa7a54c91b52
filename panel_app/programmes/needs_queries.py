"""What needs a coordinator or an admin now, of the rounds themselves."""

from collections.abc import Iterable
from json import loads

from flask import url_for
from sqlalchemy import select

from panel_app import clock
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.times import clock_text
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.programmes.models import Round
from panel_app.programmes.queries.people import helpers_of
from panel_app.programmes.rules.people import roles_missing
from panel_app.programmes.rules.states import RoundState


@needs("programmes.drafts")
def draft_rounds(actor: Actor) -> Iterable[Need]:
    """The actor's draft rounds: candidates see nothing of them until they are published. One statement."""
    rows = reading().execute(
        select(Round.key, Round.code, Round.opens_at, Round.zone)
        .where(Round.state == RoundState.DRAFT, Round.id.in_(actor.rounds(Role.COORDINATOR)))
        .order_by(Round.opens_at, Round.id)
        .limit(20)
    )
    return [
        Need(
            tone=Tone.WAIT,
            sentence=sentence(N_("The round %(code)s is a draft"), code=row.code),
            why=sentence(
                N_("Candidates don't see it until it is published. It shall open on %(time)s."),
                time=clock_text(row.opens_at, row.zone),
            ),
            href=url_for("programmes.publish", round_key=row.key),
            action=Sentence(N_("Publish the round")),
            due_at=row.opens_at,
            date_kind=DateKind.OPENS,
            zone=row.zone,
        )
        for row in rows
    ]


@needs("programmes.people")
def people_to_add(actor: Actor) -> Iterable[Need]:
    """For admins: published rounds that are not released and lack people with roles. Three statements."""
    if not actor.holds(Role.ADMIN):
        return
    rows = reading().execute(
        select(Round.id, Round.code, Round.promise, Round.closes_at, Round.zone)
        .where(Round.state == RoundState.PUBLISHED, Round.release_at > clock.now())
        .order_by(Round.closes_at, Round.id)
        .limit(20)
    )
    rounds = list(rows)
    found = helpers_of([row.id for row in rounds]) if rounds else {}
    for row in rounds:
        lacks = roles_missing(found[row.id], int(loads(row.promise or "{}")["signers_needed"]))
        if lacks:
            yield Need(
                tone=Tone.WAIT,
                sentence=sentence(N_("The round %(code)s lacks people"), code=row.code),
                why=lacks[0],
                href=url_for("accounts.people"),
                action=Sentence(N_("Grant roles in People")),
                order=20,
            )
