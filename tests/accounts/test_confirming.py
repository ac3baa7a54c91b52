"""The second question before weighty acts: who is asked, what waits meanwhile, what a wrong answer does."""

from datetime import timedelta

import pyotp
from flask import Flask

from panel_app import clock
from panel_app.accounts.models import RoleGrant
from panel_app.accounts.queries import actor_of, second_factor_of
from panel_app.accounts.services import begin_sign_in
from panel_app.accounts.services.second_factor import begin_set_up, give_code
from panel_app.demo.builders.accounts import a_coordinator, a_person, an_admin
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.web.confirming import asks_again
from tests.accounts.kinds import Visit, sure
from tests.conftest import START
from tests.support.pages import Page, Visitor

PASSWORD = "three grey herons"
REASON = "She agreed to do it,\nand has the time."
GRANT = {"role": "admin", "round_key": "", "reason": REASON}
ASKED = {
    "accounts.ask_for_address",
    "accounts.change_state",
    "accounts.person",
    "accounts.withdraw",
    "outcomes.prepare",
    "portfolios.open_original",
}


def signed_in(app: Flask, who: Actor) -> Visitor:
    """A browser of somebody who has signed in, and has not been asked a second time."""
    return Visitor(app, begin_sign_in(sure(who.person_id), agent="test"))


def grants() -> list[str]:
    reading().rollback()
    return [row.reason for row in reading().query(RoleGrant).order_by(RoleGrant.id)]


def fields_of(page: Page) -> dict[str, str]:
    return {name: page.field(name) for name in GRANT}


def test_acts_that_ask_again_are_these(app: Flask) -> None:
    assert {name for name, view in app.view_functions.items() if asks_again(view)} == ASKED


def test_grant_of_a_role_waits_for_the_password_and_loses_nothing_that_was_typed(app: Flask) -> None:
    fig = a_person("Fig")
    admin = signed_in(app, an_admin(password=PASSWORD))
    asked = admin.post(f"/people/{fig.key}", 200, **GRANT)
    before = grants()

    page = admin.post("/confirm", present=PASSWORD)
    action = page.all("//main//form/@action")[0]
    after = admin.post(action, 200, **fields_of(page))

    assert asked.heading == "Is it you?"
    assert before == [""]
    assert page.heading == "What you typed is still here"
    assert page.field("reason").replace("\r\n", "\n") == REASON
    assert "The role is granted." in after.text
    assert grants() == ["", REASON]


def test_wrong_password_does_nothing_and_the_right_one_still_works(app: Flask) -> None:
    fig = a_person("Fig")
    admin = signed_in(app, an_admin(password=PASSWORD))
    admin.post(f"/people/{fig.key}", 200, **GRANT)

    wrong = admin.post("/confirm", 409, present="three grey geese")
    still = admin.post(f"/people/{fig.key}", 200, **GRANT)
    right = admin.post("/confirm", present=PASSWORD)

    assert wrong.errors == ["The present password is not right. Type it again."]
    assert still.heading == "Is it you?"
    assert right.heading == "What you typed is still here"


def test_wrong_answers_are_limited(app: Flask) -> None:
    admin = signed_in(app, an_admin(password=PASSWORD))

    statuses = [admin.send("/confirm", present="no").status_code for _ in range(10)]

    assert statuses == [409] * 10
    assert admin.send("/confirm", present=PASSWORD).status_code == 429


def test_answer_holds_for_ten_minutes_and_for_this_sign_in_alone(app: Flask) -> None:
    admin, fig = an_admin(password=PASSWORD), a_person("Fig")
    browser, other = signed_in(app, admin), signed_in(app, admin)
    browser.post("/confirm", present=PASSWORD)

    with clock.pinned(START + timedelta(minutes=9, seconds=59)):
        soon = browser.send(f"/people/{fig.key}", **GRANT)
        elsewhere = other.send(f"/people/{fig.key}", **GRANT)
    with clock.pinned(START + timedelta(minutes=10)):
        late = browser.send(f"/people/{fig.key}", **GRANT)

    assert soon.location == f"/people/{fig.key}"
    assert elsewhere.location == "/confirm"
    assert late.location == "/confirm"


def test_code_is_asked_for_where_there_is_a_device(app: Flask) -> None:
    person = an_admin(password=PASSWORD)
    begin_set_up(person)
    secret = sure(second_factor_of(sure(person.person_id)))[0]
    token = begin_sign_in(sure(person.person_id))
    browser = Visitor(app, give_code(person, pyotp.TOTP(secret).at(int(START.timestamp())), token, "test"))

    with clock.pinned(START + timedelta(minutes=1)):
        without = browser.post("/confirm", 422, present=PASSWORD)
        wrong = browser.post("/confirm", 409, present=PASSWORD, one_time_code="000000")
        code = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
        right = browser.send("/confirm?next=/people", present=PASSWORD, one_time_code=code)

    assert without.errors == ["Enter the six digits that your device shows."]
    assert wrong.errors == ["This code is not right, or was used already. Wait for the next one and type it in."]
    assert right.location == "/people"


def test_answer_renews_the_sign_in_and_leaves_other_pages_their_tokens(app: Flask) -> None:
    browser = signed_in(app, an_admin(password=PASSWORD))
    token = browser.token()
    with browser.client.session_transaction() as kept:
        before = kept["sign_in"]

    browser.post("/confirm", present=PASSWORD)

    with browser.client.session_transaction() as kept:
        after = kept["sign_in"]
    assert Visitor(app, before).get("/account").heading == "Sign in"
    assert Visitor(app, after).get("/account").heading == "Your account"
    data = {"name": "Ash", "locale": "en", "csrf_token": token}
    assert browser.open("/account", method="POST", data=data).location == "/account"


def test_original_is_not_opened_before_the_answer_and_its_page_comes_back(app: Flask) -> None:
    round_ = a_round(state="open")
    built = a_portfolio(round_)
    case = f"/rounds/{round_.key}/portfolios/{built.key}"
    browser = signed_in(app, a_coordinator(round_.id, password=PASSWORD))
    headers = {"Origin": "http://localhost", "Referer": f"http://localhost{case}"}
    data = {"csrf_token": browser.token()}

    asked = browser.open(f"/rounds/{round_.key}/originals/{built.pieces[0]}", method="POST", data=data, headers=headers)
    back = browser.post(asked.location, present=PASSWORD)

    assert asked.location == f"/confirm?next={case}"
    assert back.path == case
    assert "press the button once more" in back.text


def test_release_is_not_prepared_before_the_answer(app: Flask) -> None:
    round_ = a_round(state="open")
    browser = signed_in(app, a_coordinator(round_.id, password=PASSWORD))

    assert browser.send(f"/rounds/{round_.key}/outcomes/prepare").location == "/confirm"


def test_whoever_may_not_do_the_act_is_refused_and_not_asked(app: Flask) -> None:
    fig = a_person("Fig", password=PASSWORD)

    assert signed_in(app, fig).send(f"/people/{fig.key}", **GRANT).status_code == 403


def test_foreign_page_is_no_place_to_come_back_to(app: Flask) -> None:
    round_ = a_round(state="open")
    browser = signed_in(app, a_coordinator(round_.id, password=PASSWORD))
    headers = {"Origin": "http://localhost", "Referer": "http://h.example/x"}

    answer = browser.open(
        f"/rounds/{round_.key}/outcomes/prepare", method="POST", data={"csrf_token": browser.token()}, headers=headers
    )

    assert answer.location == "/confirm"


def test_kept_grant_is_shown_to_nobody_else(app: Flask, visit: Visit) -> None:
    fig = a_person("Fig")
    admin = signed_in(app, an_admin(password=PASSWORD))
    admin.post(f"/people/{fig.key}", 200, **GRANT)
    page = admin.post("/confirm", present=PASSWORD)

    assert admin.get(page.path).status == 200
    assert visit(actor_of(sure(fig.person_id))).open(page.path).status_code == 404
