"""A candidate writes to the coordinators of the round, before a deadline and after a result."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.accounts.services import grant_role
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.portfolios.services import ask_coordinators
from panel_app.portfolios.services.asking import MOST_A_DAY
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


def sent() -> list[Notification]:
    reading().rollback()
    return list(reading().scalars(select(Notification).filter_by(kind="portfolios/question").order_by(Notification.id)))


def test_each_coordinator_gets_the_message_with_the_address_to_answer(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_portfolio(round_)
    readers = [a_coordinator(round_.id), a_coordinator(round_.id)]
    browser, path = visit(built.candidate), f"/portfolios/{built.key}/question"
    form_key = browser.get(path).field("form_key")

    page = browser.post(path, text="How do I appeal?", form_key=form_key)
    browser.post(path, text="How do I appeal?", form_key=form_key)

    assert "Your message is on its way to the coordinators." in page.main
    assert [each.person_id for each in sent()] == [each.person_id for each in readers]
    assert all("How do I appeal?" in each.text and "@example.org" in each.text for each in sent())


def test_empty_message_is_refused_and_sends_nothing(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_portfolio(round_)
    a_coordinator(round_.id)

    page = visit(built.candidate).post(f"/portfolios/{built.key}/question", 422, text=" ", form_key="k")

    assert page.errors == ["Enter your message."]
    assert sent() == []


def test_only_the_candidate_writes_about_a_portfolio(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_portfolio(round_)

    visit(a_person()).get(f"/portfolios/{built.key}/question", 404)
    visit(a_coordinator(round_.id)).get(f"/portfolios/{built.key}/question", 404)


def test_coordinator_with_a_part_in_the_portfolio_gets_nothing(app: Flask) -> None:
    round_ = a_round(state="closed")
    built, member = an_admitted_portfolio(round_), a_member(round_)
    an_assignment(built, member)
    assert member.actor.person_id is not None
    grant_role(SYSTEM, member.actor.person_id, Role.COORDINATOR, round_.id)

    with pytest.raises(Refused, match="No coordinator"):
        ask_coordinators(built.candidate, built.key, "Who reads this?", "k")

    assert sent() == []


def test_a_double_press_uses_up_one_message_of_the_day_even_the_last(app: Flask) -> None:
    round_ = a_round()
    built = a_portfolio(round_)
    a_coordinator(round_.id)
    for number in range(MOST_A_DAY):
        twice = [ask_coordinators(built.candidate, built.key, "And this?", f"form{number}") for _ in range(2)]
        assert twice == [1, 1]

    assert len(sent()) == MOST_A_DAY


def test_so_many_messages_a_day_and_no_more(app: Flask) -> None:
    round_ = a_round()
    built = a_portfolio(round_)
    a_coordinator(round_.id)
    for number in range(MOST_A_DAY):
        ask_coordinators(built.candidate, built.key, "And this?", str(number))

    with pytest.raises(Refused, match="several times today"):
        ask_coordinators(built.candidate, built.key, "And this?", "one more")

    assert len(sent()) == MOST_A_DAY
