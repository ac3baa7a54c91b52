"""What assignment asks of people: members to answer, coordinators to find assessors."""

from collections.abc import Iterable

from flask import url_for

from panel_app import clock
from panel_app.assignment.queries.waiting import (
    RoundWaiting,
    drafts_waiting,
    often_turned_down,
    on_hold,
    open_offers,
    rounds_waiting,
)
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence, counting, sentence


@needs("assignment.offers")
def offers_to_answer(actor: Actor) -> Iterable[Need]:
    """A member's unanswered offers. One statement."""
    for offer in open_offers(actor.member_id, clock.now()) if actor.member_id is not None else []:
        yield Need(
            tone=Tone.WAIT,
            sentence=sentence(N_("Will you assess %(reference)s?"), reference=offer.reference),
            why=Sentence(N_("Nothing is settled until you answer; after the date the place is free for someone else.")),
            href=url_for("assignment.offer", assignment_key=offer.key),
            action=Sentence(N_("See the offer")),
            due_at=offer.answer_by,
            date_kind=DateKind.ANSWER,
            zone=offer.zone,
        )


@needs("assignment.places")
def places_to_fill(actor: Actor) -> Iterable[Need]:
    """Portfolios of a coordinator's rounds that lack assessors. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for row in rounds_waiting(actor, mine) if mine else []:
        if row.to_plan:
            waits = counting(
                "%(num)s portfolio of %(code)s waits for assessors",
                "%(num)s portfolios of %(code)s wait for assessors",
                row.to_plan,
                code=row.code,
            )
            yield _open_the_plan(row, Tone.WAIT, waits, N_("Admitted, and nobody is asked yet."))
        if row.short:
            short = counting(
                "%(num)s portfolio of %(code)s is short of assessors",
                "%(num)s portfolios of %(code)s are short of assessors",
                row.short,
                code=row.code,
            )
            yield _open_the_plan(row, Tone.BAD, short, N_("Fewer are asked than are needed."))


def _open_the_plan(row: RoundWaiting, tone: Tone, what: Sentence, why: str) -> Need:
    return Need(
        tone=tone,
        sentence=what,
        why=Sentence(why),
        href=url_for("assignment.plan", round_key=row.round_key),
        action=Sentence(N_("Open the plan")),
        due_at=row.due_at,
        date_kind=DateKind.SHEETS,
        zone=row.zone,
        order=10,
    )


@needs("assignment.drafts")
def plans_to_send(actor: Actor) -> Iterable[Need]:
    """Plans of a coordinator's rounds that were not sent. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for row in drafts_waiting(mine) if mine else []:
        yield Need(
            tone=Tone.WAIT,
            sentence=sentence(N_("Plan %(number)s of %(code)s is not sent"), number=row.number, code=row.code),
            why=counting(
                "%(num)s pair waits for your approval; nobody is asked before it.",
                "%(num)s pairs wait for your approval; nobody is asked before it.",
                row.pairs,
            ),
            href=url_for("assignment.plan", round_key=row.round_key),
            action=Sentence(N_("Look at the plan")),
            order=5,
        )


@needs("assignment.holds")
def work_on_hold(actor: Actor) -> Iterable[Need]:
    """Portfolios of a coordinator's rounds with work on hold. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for row in on_hold(actor, mine) if mine else []:
        yield Need(
            tone=Tone.BAD,
            sentence=sentence(N_("%(reference)s: an assessor's work is on hold"), reference=row.reference),
            why=Sentence(
                N_("A conflict was found late, or something was reported. Replace the member, or let the work go on.")
            ),
            href=url_for("portfolios.case", round_key=row.round_key, portfolio_key=row.portfolio_key),
            action=Sentence(N_("Open the portfolio")),
            due_at=row.due_at,
            date_kind=DateKind.SHEETS,
            zone=row.zone,
        )


@needs("assignment.turned_down")
def turned_down_often(actor: Actor) -> Iterable[Need]:
    """Portfolios of a coordinator's rounds that were turned down twice or more. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for row in often_turned_down(actor, mine) if mine else []:
        yield Need(
            tone=Tone.NOTE,
            sentence=sentence(N_("%(reference)s was turned down more than once"), reference=row.reference),
            why=Sentence(N_("Read the reasons, and ask someone yourself if the next best is not enough.")),
            href=url_for("portfolios.case", round_key=row.round_key, portfolio_key=row.portfolio_key),
            action=Sentence(N_("Read the reasons")),
            due_at=row.due_at,
            date_kind=DateKind.SHEETS,
            zone=row.zone,
            order=20,
        )
