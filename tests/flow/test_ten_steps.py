"""A CPAP round from its making to a released outcome, through the browser, with real files, mail and scheduler."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from panel_app import clock
from panel_app.foundation.audit.verify import findings
from panel_app.foundation.checks import invariant
from tests.flow import applying, assessing, coordinating
from tests.flow.stage import Theatre
from tests.support.smtp import body

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CANDIDATE = "walnut@brightpier.example.org"
MEMBERS = {
    "Member Ash": ("ash@example.org", "North Pier Research"),
    "Member Beech": ("beech@example.org", "Kiln Works"),
    "Member Cedar": ("cedar@example.org", "Lantern Society"),
    "Member Elder": ("elder@example.org", "Elder Works"),
}
COLLEAGUE = ("Member Dogwood", "dogwood@example.org", "Brightpier Cooperative")
AFTER_CLOSE = datetime(2027, 1, 8, 18, 1, tzinfo=UTC)
BEFORE_RELEASE = datetime(2027, 2, 1, 8, 59, tzinfo=UTC)
RELEASE = datetime(2027, 2, 1, 9, 0, 1, tzinfo=UTC)
LEVELS = {"C1": 4, "C2": 4, "C3": 3, "C4": 3, "C5": 3, "C6": 3}
PRIVATE = (
    "@", "Walnut", "Brightpier", "Ash", "Beech", "Cedar", "Dogwood", "Birch", "127.0.0.1",
    "correct horse", "agreed to do it", ".pdf",
)  # fmt: skip
"""Parts of names, addresses, passwords, texts and file names: none may stand in the log of the whole round."""
ROLES = {
    "Coordinator Birch": "coordinator",
    "Moderator Birch": "moderator",
    "Signer-One Birch": "signer",
    "Signer-Two Birch": "signer",
}


def test_a_round_runs_from_its_making_to_a_released_outcome(theatre: Theatre) -> None:
    with capture_logs(processors=[merge_contextvars]) as lines:
        _play(theatre)

    with theatre.server.app.app_context():
        assert list(findings()) == []
        assert list(invariant.run()) == []
    assert {"message_settled", "refused"} <= {line["event"] for line in lines}
    assert [word for word in PRIVATE if word in json.dumps(lines, ensure_ascii=False, default=str)] == []


def _play(theatre: Theatre) -> None:
    round_ = _set_up(theatre)
    portfolio, receipt = _apply(theatre)
    theatre.set_time(AFTER_CLOSE)
    assert receipt in body(theatre.mailbox.to(CANDIDATE)[-1])
    desk = theatre.window("coordinator@example.org")
    coordinating.admit_ready(desk, round_)
    windows = _fill_the_panel(theatre, desk, round_)

    _assign_and_score(theatre, desk, round_, windows)
    _decide(theatre, desk, round_)
    _release(theatre, portfolio)


def _set_up(theatre: Theatre) -> str:
    """Step 1: a round with a published rubric, dates in a zone and a policy; people for it."""
    admin = theatre.window("admin@example.org")
    round_ = coordinating.make_and_publish_round(admin)
    theatre.look(admin)
    for name, role in ROLES.items():
        coordinating.grant(admin, name, role)
    return round_


def _apply(theatre: Theatre) -> tuple[str, str]:
    """Step 2: sign up, write, upload, map, submit, receipt."""
    candidate = applying.sign_up(theatre, "Walnut", CANDIDATE)
    portfolio = applying.start_portfolio(candidate, "Brightpier Cooperative")
    applying.write_sections(candidate, portfolio)
    applying.add_evidence(candidate, portfolio, "Walnut Tidewater")
    candidate.goto(portfolio)
    theatre.look(candidate)
    receipt = applying.submit_portfolio(candidate, portfolio)
    theatre.look(candidate)
    return portfolio, receipt


def _fill_the_panel(theatre: Theatre, desk: Page, round_: str) -> list[Page]:
    """Steps 3 and 4: members with interests; a colleague of the candidate is found to be barred."""
    windows = []
    for name, (email, organisation) in {**MEMBERS, COLLEAGUE[0]: COLLEAGUE[1:]}.items():
        coordinating.invite_member(desk, round_, name, email, organisation)
        window = applying.open_account(theatre, theatre.window(), email)
        assessing.check_interests(window)
        theatre.look(window)
        windows.append(window)
    desk.goto(f"{round_}/conflicts")
    expect(desk.get_by_text("The panel member gives Brightpier Cooperative as organisation").first).to_be_visible()
    theatre.look(desk)
    return windows


def _assign_and_score(theatre: Theatre, desk: Page, round_: str, windows: list[Page]) -> None:
    """Steps 5 and 6, and the first half of 7: plan, offers, a decline, two sheets apart, a third one unseen."""
    coordinating.draw_and_send_plan(desk, round_)
    theatre.look(desk)
    assert not assessing.has_offer(windows[-1])
    first, second = _asked(windows)
    assessing.accept(first)
    assessing.decline(second, "I have too little time this month.")
    (other,) = [window for window in _asked(windows) if window is not second]
    assessing.accept(other)

    assessing.open_sheet(first)
    assessing.read_pdf(first)
    assessing.score(first, LEVELS)
    theatre.look(first)
    assessing.submit_sheet(first)
    assert "1 score sheet to come" in coordinating.what_blocks(desk, round_)
    assessing.open_sheet(other)
    assessing.score(other, {**LEVELS, "C2": 2})
    assessing.submit_sheet(other)

    assert "they can be taken back still" in coordinating.what_blocks(desk, round_)
    assert len(_asked(windows)) == 0
    theatre.set_time(clock.now() + timedelta(minutes=31))
    (third,) = [window for window in _asked(windows) if window not in (first, second, other)]
    assessing.accept(third)
    assessing.open_sheet(third)
    assessing.score(third, {**LEVELS, "C2": 3})
    assessing.submit_sheet(third)
    theatre.set_time(clock.now() + timedelta(minutes=31))
    assert "Waits for the moderator's answer" in coordinating.what_blocks(desk, round_)


def _asked(windows: list[Page]) -> list[Page]:
    return [window for window in windows if assessing.has_offer(window)]


def _decide(theatre: Theatre, desk: Page, round_: str) -> None:
    """Steps 7 and 8: the moderator answers, two people sign, the release is prepared."""
    moderator = theatre.window("moderator@example.org")
    theatre.look(moderator)
    assessing.answer_case(moderator, "The third sheet lies between the two; E02 bears its reading of C2 out.")
    assert "0 of 2 signatures" in coordinating.what_blocks(desk, round_)
    for signer in ("signer-one", "signer-two"):
        window = theatre.window(f"{signer}@example.org")
        assessing.sign_off(window)
        theatre.look(window)
    coordinating.prepare_release(desk, round_)
    theatre.look(desk)


def _release(theatre: Theatre, portfolio: str) -> None:
    """Step 8: nothing a minute before; then, once, the result with its feedback."""
    theatre.set_time(BEFORE_RELEASE)
    candidate = theatre.window(CANDIDATE)
    answer = candidate.goto(f"{portfolio}/outcome")
    assert answer is not None
    assert answer.status == 404
    mails = len(theatre.mailbox.to(CANDIDATE))

    theatre.set_time(RELEASE)
    theatre.set_time(RELEASE)

    new = theatre.mailbox.to(CANDIDATE)[mails:]
    assert len(new) == 1
    assert not re.search("pass|refer|fail", str(new[0]["Subject"]), re.IGNORECASE)
    candidate.goto(f"{portfolio}/outcome")
    expect(candidate.get_by_role("heading", level=1)).to_be_visible()
    assert "Pass" in candidate.inner_text("main")
    assert candidate.get_by_text("show the figures of the quarter after the change").count() > 0
    theatre.look(candidate)
