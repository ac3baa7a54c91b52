"""A candidate writes to the coordinators of the round: a message to each who may know of the portfolio."""

from datetime import timedelta

from sqlalchemy import select

from panel_app.accounts.models import RoleGrant
from panel_app.accounts.queries import actor_of
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.outbox.post import post, posted, recipient_of
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.throttle import Limit, TooMany, bucket, count
from panel_app.foundation.words import N_
from panel_app.portfolios.happenings import QuestionAsked
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.standing_facts import PortfolioFacts, portfolio_facts

MOST_A_DAY = 5
DAY = timedelta(days=1)
NOBODY = N_("No coordinator of this round can take a message now. Try again tomorrow.")
ENOUGH = N_("You have written several times today. Your messages are with the coordinators; write again tomorrow.")


def ask_coordinators(actor: Actor, key: str, text: str, form_key: str) -> int:
    """Send a candidate's text to the coordinators of the round; gives how many get it.

    Who has a conflict with the portfolio, or a part in it, gets nothing. The same `form_key` again sends nothing more.
    Raises Refused: to anyone but the owner, when no coordinator is left, and beyond MOST_A_DAY a day.
    """
    must(can(actor, PortfolioAct.READ, key))
    if already := _sent(key, form_key):
        return already
    try:
        count([Limit(bucket("portfolios.question", "portfolio", key), MOST_A_DAY)], DAY)
    except TooMany as full:
        raise Refused(ENOUGH, moment=True) from full
    with transaction():
        facts = portfolio_facts(key)
        if facts is None or actor.person_id is None:
            raise Refused(NOT_FOUND)
        readers = [each for each in _coordinators(facts.round_id) if can(actor_of(each), PortfolioAct.READ_CASE, key)]
        if not readers:
            raise Refused(NOBODY, moment=True)
        for person_id in readers:
            _post(actor.person_id, person_id, facts, text, f"{key}:{form_key}")
        record(QuestionAsked(portfolio_id=facts.id, round_id=facts.round_id, readers=len(readers)), by=actor)
        return len(readers)


def _sent(key: str, form_key: str) -> int:
    """How many got the message of this very form already: a second press uses up none of the day's."""
    facts = portfolio_facts(key)
    asked = _coordinators(facts.round_id) if facts else []
    return posted([_occasion(f"{key}:{form_key}", each) for each in asked])


def _occasion(press: str, reader: int) -> str:
    return f"portfolios:question:{press}:{reader}"


def _coordinators(round_id: int) -> list[int]:
    query = select(RoleGrant.person_id).filter_by(round_id=round_id, role=Role.COORDINATOR)
    return list(reading().scalars(query.order_by(RoleGrant.person_id)))


def _post(writer: int, reader: int, facts: PortfolioFacts, text: str, press: str) -> None:
    post(
        _occasion(press, reader),
        "portfolios/question",
        reader,
        round_id=facts.round_id,
        subject_key=facts.key,
        reference=facts.reference,
        writer=recipient_of(writer),
        question=text,
        round_key=facts.round_key,
        portfolio_key=facts.key,
    )
