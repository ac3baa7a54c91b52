"""A round's messages on its coordinator's page: to come, sent, not delivered."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from panel_app import clock
from panel_app.accounts.services import actor_of, change_profile, grant_role
from panel_app.demo.builders.accounts import a_coordinator, a_person, a_signer
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Role
from panel_app.foundation.jobs.running import run_due
from panel_app.foundation.needs import needs_of
from panel_app.foundation.outbox.models import MessageState
from panel_app.foundation.words import N_
from panel_app.outcomes.messages import COLLECTED, SETTLED
from panel_app.reminders.queries.waiting import drafts_open
from panel_app.reminders.rules.occurrences import Occurrence, Plan, Waiting
from panel_app.reminders.rules.registry import REMINDERS, reminder
from tests.moderation.scenes import CLEAR
from tests.outcomes.scenes import a_scene
from tests.reminders.support import day, make, reminders, sheets_at_work
from tests.support.outbox import a_message, message, send
from tests.support.pages import Visitor
from tests.support.smtp import Mailbox, body
from tests.support.statements import Statements

Visit = Callable[..., Visitor]
PATH = "/rounds/{}/messages"
COMING = "/rounds/{}/messages/coming"


def test_the_preview_lists_exactly_what_is_sent(app: Flask, visit: Visit, smtp: Mailbox) -> None:
    work = sheets_at_work()
    make(day(work.due_at, -7, hour=8))
    send(app, smtp, day(work.due_at, -7, hour=8))
    smtp.taken.clear()
    at = day(work.due_at, -2, hour=8)
    with clock.pinned(at - timedelta(hours=12)):
        page = visit(work.coordinator).get(COMING.format(work.round.key))
    first = page.all("//section[@id='coming']//div[@data-row][1]")

    make(at)
    send(app, smtp, at)

    (mail,) = smtp.taken
    reference, words = work.portfolios[0].reference, " ".join(body(mail).split())
    assert page.all("//section[@id='coming']//div[@data-row][1]/@data-row") == [mail["Subject"]]
    assert f"to {work.member.actor.name}: {mail['Subject']}" in first[0]
    assert words in first[0]
    assert reference in words


def test_what_was_sent_stands_on_the_page(app: Flask, visit: Visit, smtp: Mailbox) -> None:
    work = sheets_at_work()
    send(app, smtp)

    page = visit(work.coordinator).get(PATH.format(work.round.key))

    rows = page.all("//section[@id='written']//tr[@data-row]")
    assert any(work.member.actor.name in row and "Sent" in row for row in rows)
    words = page.all("//section[@id='written']//tr[@data-row]//details//div[@class='as-typed']")
    assert any(work.portfolios[0].reference in each and "Hello" in each for each in words)


def test_a_candidate_is_named_by_reference_only(app: Flask, visit: Visit, smtp: Mailbox) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)
    sent = a_portfolio(round_, a_person("Walnut Saffron"))
    draft = a_portfolio(round_, a_person("Moss Hammer-Linden"), submitted=False)
    send(app, smtp)

    written = visit(coordinator).get(PATH.format(round_.key))
    coming = visit(coordinator).get(COMING.format(round_.key))

    assert "Walnut Saffron" in str(smtp.taken[0].get_body(("plain",)))
    assert f"The candidate of {sent.reference}" in written.text
    assert f"The candidate of {draft.reference}" in coming.text
    assert "Walnut" not in written.body + coming.body
    assert "Moss Hammer-Linden" not in written.body + coming.body


def test_a_candidate_is_named_by_reference_also_where_mail_calls_them_otherwise(
    app: Flask, visit: Visit, smtp: Mailbox
) -> None:
    round_, candidate = a_round(), a_person("Walnut Saffron")
    change_profile(candidate, name="Walnut Saffron", address_form="Dr Saffron", zone="UTC", locale="en")
    sent = a_portfolio(round_, candidate)
    send(app, smtp)

    written = visit(a_coordinator(round_.id)).get(PATH.format(round_.key))

    assert "Hello Dr Saffron," in str(smtp.taken[0].get_body(("plain",)))
    assert f"Hello The candidate of {sent.reference}," in written.text
    assert "Saffron" not in written.body


def test_words_about_several_portfolios_are_kept_from_who_is_parted_from_one(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR, CLEAR)
    parted = here.assessed[0].portfolio.candidate
    assert parted.person_id is not None
    grant_role(SYSTEM, parted.person_id, Role.COORDINATOR, here.round.id)
    with clock.pinned(clock.now() + COLLECTED + SETTLED):
        while run_due():
            pass

    path = PATH.format(here.round.key)
    ours, theirs = visit(here.coordinator).get(path), visit(actor_of(parted.person_id)).get(path)

    assert all(f"Read {each.portfolio.reference} and sign" in ours.text for each in here.assessed)
    assert "2 outcomes wait for your signature" in theirs.text
    assert not any(f"Read {each.portfolio.reference} and sign" in theirs.text for each in here.assessed)


def test_an_undelivered_offer_is_shown_needed_and_sent_again(app: Flask, visit: Visit, smtp: Mailbox) -> None:
    round_ = a_round(state="closed")
    coordinator = a_coordinator(round_.id)
    member = a_member(round_, email="gone@example.org")
    key = a_message(member.actor, round_id=round_.id)
    smtp.refuse["gone@example.org"] = "550 no such mailbox"
    send(app, smtp)
    browser, path = visit(coordinator), PATH.format(round_.key)

    with app.test_request_context():
        needed = [str(need.sentence) for need in needs_of(coordinator)]
    listed = browser.get(f"{path}?show=undelivered")
    smtp.refuse.clear()
    browser.post(f"{path}/{key}/send-again")
    send(app, smtp)

    assert any("did not reach" in sentence for sentence in needed)
    assert key in listed.references
    assert (message(key).state, smtp.keys[-1]) == (MessageState.SENT, key)
    assert key not in browser.get(f"{path}?show=undelivered").references


def test_a_waiting_message_is_withheld(app: Flask, visit: Visit, smtp: Mailbox) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)
    key = a_message(round_id=round_.id, due_in=timedelta(days=1))

    page = visit(coordinator).post(f"{PATH.format(round_.key)}/{key}/withhold")

    assert "The message will not be sent." in page.text
    assert message(key).state is MessageState.CANCELLED


def test_sending_again_what_went_out_is_refused(app: Flask, visit: Visit, smtp: Mailbox) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)
    key = a_message(round_id=round_.id)
    send(app, smtp)

    visit(coordinator).post(f"{PATH.format(round_.key)}/{key}/send-again", status=409)

    assert len(smtp.keys) == 1


@pytest.mark.parametrize("act", ["send-again", "withhold"])
def test_another_round_s_coordinator_finds_nothing(app: Flask, visit: Visit, act: str) -> None:
    ours, theirs = a_round(), a_round()
    stranger = a_coordinator(theirs.id)
    key = a_message(round_id=ours.id)
    browser = visit(stranger)

    browser.get(PATH.format(ours.key), status=404)
    browser.post(f"{PATH.format(theirs.key)}/{key}/{act}", status=404)

    assert message(key).state is MessageState.PENDING


def test_a_signer_of_the_round_does_not_read_its_messages(app: Flask, visit: Visit) -> None:
    round_ = a_round()

    visit(a_coordinator(round_.id)).get(PATH.format(round_.key))
    visit(a_signer(round_.id)).get(PATH.format(round_.key), status=403)


def test_a_coordinator_sees_nothing_of_a_portfolio_that_they_have_a_part_in(
    app: Flask, visit: Visit, smtp: Mailbox
) -> None:
    round_ = a_round()
    coordinator, other = a_coordinator(round_.id), a_coordinator(round_.id, name="Kelp Lanyard")
    own = a_portfolio(round_, coordinator)
    send(app, smtp)
    path = PATH.format(round_.key)

    theirs, ours = visit(other).get(path), visit(coordinator).get(path)

    assert own.reference in theirs.text
    assert own.reference not in ours.body


@pytest.mark.parametrize("query", ["show=everything", "sort=recipient", "show=all&reader=x"])
def test_an_unknown_parameter_is_refused(app: Flask, visit: Visit, query: str) -> None:
    round_ = a_round()

    visit(a_coordinator(round_.id)).get(f"{PATH.format(round_.key)}?{query}", status=400)


@pytest.mark.parametrize("path", [PATH, COMING])
def test_a_page_runs_the_same_statements_at_any_size(
    app: Flask, visit: Visit, path: str, count_statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    counts = []
    for number in (1, 3):
        work = sheets_at_work(number)
        with clock.pinned(day(work.due_at, -3)):
            browser = visit(work.coordinator)
            with count_statements() as seen:
                page = browser.get(path.format(work.round.key))
        counts.append(len(seen))
        assert page.text.count(work.portfolios[-1].reference) >= 1

    assert counts[0] == counts[1], counts


@pytest.fixture
def tea() -> Iterator[None]:
    @reminder("tea", N_("Tea"), reads=drafts_open)
    def tea(draft: Waiting, plan: Plan) -> Iterator[Occurrence]:
        """Reminds a candidate to have some tea before the close."""
        yield from plan.before(draft)

    yield
    REMINDERS.remove("tea")


def test_a_new_rule_stands_on_the_page_and_works(app: Flask, visit: Visit, tea: None) -> None:
    own = {"is_on": True, "before_due_days": [4], "on_due": False,
           "overdue_every_days": None, "escalate_after_days": None}  # fmt: skip
    round_ = a_round(zone="UTC", working={"reminders": {"tea": own}})
    coordinator = a_coordinator(round_.id)
    built = a_portfolio(round_, submitted=False)

    page = visit(coordinator).get(PATH.format(round_.key))
    written = make(day(round_.closes_at, -4))

    assert page.all("//*[@data-rule='tea']") == ["TeaReminds a candidate to have some tea before the close."]
    assert written == 1
    assert "\nTea\n" in reminders()[0].text
    assert built.reference in reminders()[0].text


@pytest.mark.parametrize("rule", ["draft_not_submitted", "offer_unanswered", "score_sheet_due"])
def test_every_rule_says_what_it_does(app: Flask, visit: Visit, rule: str) -> None:
    round_ = a_round()

    page = visit(a_coordinator(round_.id)).get(PATH.format(round_.key))

    (words,) = page.all(f"//*[@data-rule='{rule}']/dd")
    assert words == REMINDERS[rule].says
