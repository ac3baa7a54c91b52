"""What needs a candidate, and a coordinator, now."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from sqlalchemy import Row, func, select

from panel_app import clock
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.times import clock_text
from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    CopyState,
    Evidence,
    PanelCopy,
    Portfolio,
    PortfolioStatus,
    SectionText,
)
from panel_app.portfolios.queries.lists import HELD_BACK, own_rounds
from panel_app.portfolios.queries.standing_facts import has_result, own_deadline
from panel_app.portfolios.queries.visibility import visible_to
from panel_app.portfolios.rules.outlines import outline_of
from panel_app.programmes.models import Round, Rubric
from panel_app.programmes.queries import open_rounds


@needs("portfolios.candidate")
def candidate_needs(actor: Actor) -> Iterable[Need]:
    """Drafts to finish until their deadline, and submitted portfolios with the date of their result. One statement."""
    written = (
        select(func.count())
        .select_from(SectionText)
        .where(SectionText.portfolio_id == Portfolio.id, SectionText.text != "")
        .correlate(Portfolio)
        .scalar_subquery()
    )
    rows = reading().execute(
        select(Portfolio.key, Portfolio.reference, Portfolio.status, Round.zone, Round.release_at)
        .add_columns(own_deadline().label("closes_at"), Rubric.portfolio.label("outline"), written.label("written"))
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Rubric, Rubric.id == Round.rubric_id)
        .where(PortfolioOwner.person_id == actor.person_id)
        .where(Portfolio.status.in_([PortfolioStatus.DRAFT, PortfolioStatus.SUBMITTED]), ~has_result())
        .order_by(Portfolio.id)
    )
    return [need for row in rows for need in _of_candidate(row)]


def _of_candidate(row: Row[*tuple[Any, ...]]) -> Iterator[Need]:
    href = url_for("portfolios.show", portfolio_key=row.key)
    if row.status is PortfolioStatus.SUBMITTED:
        yield Need(
            tone=Tone.GOOD,
            sentence=sentence(N_("%(reference)s is submitted"), reference=row.reference),
            why=sentence(N_("Results are planned for %(time)s."), time=clock_text(row.release_at, row.zone)),
            href=href,
            action=Sentence(N_("Open")),
            order=90,
            asks=False,
        )
    elif row.closes_at >= clock.now():
        left = len(outline_of(row.outline).sections) - row.written
        text = N_("Sections to write in %(reference)s: %(left)s") if left else N_("%(reference)s is not submitted")
        params = {"reference": row.reference, **({"left": left} if left else {})}
        yield Need(
            tone=Tone.WAIT,
            sentence=sentence(text, **params),
            why=Sentence(N_("Submit it by the deadline; nothing is sent before you do.")),
            href=href,
            action=Sentence(N_("Go on writing") if left else N_("Go on")),
            due_at=row.closes_at,
            date_kind=DateKind.CLOSES,
            zone=row.zone,
        )


@needs("portfolios.open_rounds")
def rounds_to_enter(actor: Actor) -> Iterable[Need]:
    """Rounds that take portfolios, for whoever has no part in any yet. Two statements at most."""
    if actor.grants or actor.is_member or own_rounds(actor.person_id or 0):
        return []
    return [
        Need(
            tone=Tone.NOTE,
            sentence=sentence(N_("%(round)s takes portfolios"), round=round_.title),
            why=sentence(N_("%(programme)s. Nothing is sent before you submit."), programme=round_.programme_name),
            href=url_for("portfolios.new", round=round_.key),
            action=Sentence(N_("Start a portfolio")),
            due_at=round_.closes_at,
            date_kind=DateKind.CLOSES,
            zone=round_.zone,
            order=80,
        )
        for round_ in open_rounds(clock.now())
        if round_.opens_at <= clock.now()
    ]


@needs("portfolios.coordinator")
def coordinator_needs(actor: Actor) -> Iterable[Need]:
    """Panel copies that are held, and ready portfolios to admit. Two statements at any number of rounds."""
    rounds = sorted(actor.rounds(Role.COORDINATOR))
    if not rounds:
        return []
    return [*_held(actor, rounds), *_to_admit(actor, rounds)]


def _held(actor: Actor, rounds: list[int]) -> Iterator[Need]:
    held = select(Evidence.portfolio_id).join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
    held = held.where(PanelCopy.state == CopyState.HELD)
    rows = reading().execute(
        select(Round.key, Round.code, func.count(Portfolio.id))
        .join(Portfolio, Portfolio.round_id == Round.id)
        .where(Round.id.in_(rounds), Portfolio.id.in_(held), *visible_to(actor))
        .where(Portfolio.status == PortfolioStatus.SUBMITTED)
        .group_by(Round.id, Round.key, Round.code)
        .order_by(Round.id)
    )
    for key, code, number in rows:
        yield Need(
            tone=Tone.BAD,
            sentence=counting(
                "%(num)s portfolio of %(round)s is held back",
                "%(num)s portfolios of %(round)s are held back",
                number,
                round=code,
            ),
            why=Sentence(N_("A panel copy could not be made. Try again, or leave the piece out with a reason.")),
            href=url_for("portfolios.listing", round_key=key, status=HELD_BACK),
            action=Sentence(N_("See which")),
        )


def _to_admit(actor: Actor, rounds: list[int]) -> Iterator[Need]:
    rows = reading().execute(
        select(Round.key, Round.code, func.count(Assessment.id))
        .join(Portfolio, Portfolio.round_id == Round.id)
        .join(Assessment, Assessment.portfolio_id == Portfolio.id)
        .where(Round.id.in_(rounds), Assessment.status == AssessmentStatus.READY, *visible_to(actor))
        .where(own_deadline() < clock.now())
        .group_by(Round.id, Round.key, Round.code)
        .order_by(Round.id)
    )
    for key, code, number in rows:
        yield Need(
            tone=Tone.WAIT,
            sentence=counting(
                "%(num)s portfolio of %(round)s can be admitted",
                "%(num)s portfolios of %(round)s can be admitted",
                number,
                round=code,
            ),
            why=Sentence(N_("The deadline has passed, and every panel copy is ready.")),
            href=url_for("portfolios.listing", round_key=key, status=AssessmentStatus.READY.value),
            action=Sentence(N_("Look and admit")),
        )
