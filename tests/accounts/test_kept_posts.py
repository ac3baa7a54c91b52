"""What was posted when a sign-in had ended comes back to its person, and to nobody else."""

from datetime import timedelta

from sqlalchemy import select
from werkzeug.test import TestResponse

from panel_app import clock
from panel_app.accounts.services import end_all_sign_ins
from panel_app.accounts.services.kept_posts import MOST_LETTERS
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.database import reading
from panel_app.foundation.jobs.models import KeptPost
from tests.accounts.kinds import Visit, sure
from tests.conftest import START
from tests.support.pages import Visitor

PASSWORD = "three grey herons"
WORDS = 'one two <b>three</b> "four"\n' * 400


def posted_too_late(visit: Visit, **fields: str) -> tuple[Visitor, TestResponse]:
    """A browser whose sign-in ended before it posted its profile; the answer of that post."""
    person = a_person("Fig", "fig@example.org", password=PASSWORD)
    browser = visit(person)
    browser.get("/account")
    end_all_sign_ins(sure(person.person_id))
    fields = fields or {"name": "Fig Primrose", "address_form": WORDS, "zone": "Europe/Lisbon", "locale": "en"}
    return browser, browser.send("/account", **fields)


def kept_rows() -> int:
    reading().rollback()
    return reading().query(KeptPost).count()


def test_same_person_finds_all_words_after_sign_in_and_sends_them(visit: Visit) -> None:
    browser, answer = posted_too_late(visit)
    asked = browser.get("/sign-in")
    page = browser.post("/sign-in", email="fig@example.org", password=PASSWORD)

    sent = browser.post(
        page.all("//main//form/@action")[0],
        422,
        **{n: page.field(n) for n in ("name", "address_form", "zone", "locale")},
    )

    assert answer.location == "/sign-in"
    assert "What you typed is kept" in asked.main
    assert page.heading == "What you typed is still here"
    assert page.field("address_form").replace("\r\n", "\n") == WORDS
    assert sent.field("name") == "Fig Primrose"


def test_another_person_on_the_same_browser_gets_nothing(visit: Visit) -> None:
    browser, _ = posted_too_late(visit)
    a_person("Bo", "bo@example.org", password=PASSWORD)
    with browser.client.session_transaction() as kept:
        key = kept["kept"]

    answer = browser.send("/sign-in", email="bo@example.org", password=PASSWORD)

    assert answer.location == "/today"
    assert "Fig Primrose" not in browser.get(f"/kept/{key}", 404).body


def test_person_finds_it_from_the_first_browser_alone_by_its_key(visit: Visit) -> None:
    browser, _ = posted_too_late(visit)
    elsewhere = visit()

    assert elsewhere.send("/sign-in", email="fig@example.org", password=PASSWORD).location == "/today"
    assert browser.send("/sign-in", email="fig@example.org", password=PASSWORD).location.startswith("/kept/")


def test_idle_sign_in_keeps_what_was_posted_too(visit: Visit) -> None:
    person = a_person("Fig", "fig@example.org", password=PASSWORD)
    browser = visit(person)
    browser.get("/account")

    with clock.pinned(START + timedelta(hours=13)):
        browser.send("/account", name="Fig Primrose")
        page = browser.post("/sign-in", email="fig@example.org", password=PASSWORD)

    assert page.field("name") == "Fig Primrose"


def test_passwords_and_tokens_are_not_kept(visit: Visit) -> None:
    browser, _ = posted_too_late(visit, present="secret one", password="secret two", name="Fig")

    page = browser.post("/sign-in", email="fig@example.org", password=PASSWORD)

    assert page.all("//main//dt") == ["name"]
    assert "secret" not in page.body


def test_guest_without_a_sign_in_leaves_nothing_behind(visit: Visit) -> None:
    answer = visit().send("/account", name="Nobody")

    assert answer.location == "/sign-in"
    assert kept_rows() == 0


def test_post_beyond_what_is_kept_is_told_so(visit: Visit) -> None:
    _, answer = posted_too_late(visit, name="x" * (MOST_LETTERS + 1))

    assert answer.status_code == 413
    assert "too long to be kept" in answer.get_data(as_text=True)
    assert kept_rows() == 0


def test_kept_text_can_be_deleted_and_is_gone_after_two_days(visit: Visit) -> None:
    browser, _ = posted_too_late(visit)
    page = browser.post("/sign-in", email="fig@example.org", password=PASSWORD)

    with clock.pinned(START + timedelta(days=2, minutes=1)):
        later = visit(a_person("Bo"))
        later.get(page.path, 404)
    browser.send(page.all("//form[@class='act']/@action")[0])

    assert kept_rows() == 0


def test_post_of_another_site_is_not_kept(visit: Visit) -> None:
    person = a_person("Fig")
    browser = visit(person)
    end_all_sign_ins(sure(person.person_id))

    answer = browser.open("/account", method="POST", data={"name": "x"}, headers={"Origin": "https://h.example"})

    assert answer.status_code == 403
    assert kept_rows() == 0


def test_five_are_kept_of_a_person_and_the_oldest_goes_first(visit: Visit) -> None:
    browser, _ = posted_too_late(visit)
    for number in range(6):
        browser.send("/account", name=f"Fig {number}")

    reading().rollback()
    kept = [row.fields["pairs"] for row in reading().scalars(select(KeptPost).order_by(KeptPost.id))]
    assert kept == [[["name", f"Fig {number}"]] for number in range(1, 6)]


def test_nobody_deletes_what_was_kept_for_another(visit: Visit) -> None:
    browser, _ = posted_too_late(visit)
    page = browser.post("/sign-in", email="fig@example.org", password=PASSWORD)

    (path,) = page.all("//form[@class='act']/@action")

    assert visit(a_person("Bo")).send(path).status_code == 404
    assert kept_rows() == 1
