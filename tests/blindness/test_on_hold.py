"""Work on hold looks the same to its member, byte for byte, whether a conflict or another's report put it there."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.accounts.models import Person
from panel_app.demo.builders.panel import a_declaration
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.scoring.rules.reports import ReportKind
from panel_app.scoring.services import Report, raise_report
from tests.blindness.test_between_assessors import plain
from tests.scoring.places import Place, a_place
from tests.support.pages import Visitor

pytestmark = pytest.mark.both_databases
Visit = Callable[[Actor | None], Visitor]
PAGES = ("/reviews", "/reviews/KEY", "/reviews/KEY/left", "/reviews/offers/KEY", "/reviews/offers/KEY/recuse")
SHUT = ("/reviews/KEY/start", "/reviews/KEY/save", "/reviews/KEY/check", "/reviews/KEY/take-back")


def held_by_a_report_and_by_a_conflict() -> tuple[Place, Place, Place]:
    """Two members on hold, each with a sheet that they began; and the one who reported, on the first's portfolio."""
    round_ = a_round(state="closed")
    one, other = (a_place(round_, portfolio=an_admitted_portfolio(round_)) for _ in range(2))
    reporter = a_place(round_, None, one.portfolio, state="scoring")
    for each in (one, other):
        a_saved_sheet(each.key)
    raise_report(
        reporter.actor, reporter.key, Report(ReportKind.SHOWS_IDENTITY, "E02", "", "The footer."), form_key="f"
    )
    a_declaration(other.member, "Harbour Lights Cooperative")
    return one, other, reporter


def neutral(content: bytes, of: Place) -> bytes:
    """Without what passes, and without what names the member and the portfolio."""
    name = reading().get_one(Person, of.actor.person_id).name
    for word in (of.key, of.portfolio.reference, of.portfolio.key, name):
        content = content.replace(word.encode(), b"WORD")
    return re.sub(rb'data-account="[^"]+"', b"", plain(content))


def seen_and_told(of: Place, visit: Visit) -> dict[str, bytes]:
    browser = visit(of.actor)
    found = {page: browser.get(page.replace("KEY", of.key)).body.encode() for page in PAGES}
    found |= {page: browser.post(page.replace("KEY", of.key), 409).body.encode() for page in SHUT}
    mails = reading().scalars(select(Notification).filter_by(person_id=of.actor.person_id, kind="assignment/on_hold"))
    found |= {f"mail {at}": f"{mail.subject}{mail.text}{mail.html}".encode() for at, mail in enumerate(mails)}
    return {page: neutral(content, of) for page, content in found.items()}


def test_a_member_on_hold_can_not_tell_another_s_report_from_a_conflict(app: Flask, visit: Visit) -> None:
    one, other, _ = held_by_a_report_and_by_a_conflict()

    by_report, by_conflict = seen_and_told(one, visit), seen_and_told(other, visit)

    assert "mail 0" in by_report
    assert [page for page in by_report if by_report[page] != by_conflict.get(page)] == []
    assert by_report.keys() == by_conflict.keys()


def test_only_who_told_something_is_led_to_what_they_told(app: Flask, visit: Visit) -> None:
    one, _, reporter = held_by_a_report_and_by_a_conflict()

    links = [visit(each.actor).get(f"/reviews/{each.key}").links() for each in (one, reporter)]

    assert [f"/reviews/{one.key}/report" in links[0], f"/reviews/{reporter.key}/report" in links[1]] == [False, True]
