"""Refused requests leave a line from which an attack can be seen, and no person."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs
from structlog.typing import EventDict

from panel_app.demo.builders.accounts import a_person, an_admin
from panel_app.foundation.keys import new_key
from panel_app.foundation.web.refusals import source_of
from tests.accounts.kinds import Visit

PASSWORD = "three grey herons"


@contextmanager
def refused(event: str = "refused") -> Iterator[list[EventDict]]:
    """The lines of refusals that are written meanwhile, with what each request binds to its lines."""
    found: list[EventDict] = []
    with capture_logs(processors=[merge_contextvars]) as lines:
        yield found
    found += [line for line in lines if line["event"] == event]


def test_page_that_is_not_one_s_own_leaves_who_which_and_why(visit: Visit) -> None:
    fig, admin = a_person("Fig"), an_admin()
    with refused() as lines:
        answer = visit(fig).open(f"/people/{admin.key}", method="GET")

    (line,) = lines
    assert answer.status_code == 403
    assert (line["status"], line["why"], line["method"], line["who"]) == (403, "right", "GET", fig.key)
    assert (line["endpoint"], line["things"]) == ("accounts.person", f"person_key={admin.key}")
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert line["log_level"] == "warning"


def test_hidden_thing_is_told_from_an_address_that_never_was(visit: Visit) -> None:
    browser = visit(a_person("Fig"))
    with refused() as lines:
        browser.open(f"/portfolios/{new_key()}")
        browser.open("/never-was.php?name=Fig")

    assert [(line["status"], line["why"], line["endpoint"]) for line in lines] == [
        (404, "hidden", "portfolios.show"),
        (404, "", ""),
    ]


def test_post_of_another_site_and_one_without_a_token_say_so(visit: Visit) -> None:
    browser = visit(a_person("Fig"))
    with refused() as lines:
        browser.open("/account", method="POST", data={"name": "x"}, headers={"Origin": "https://h.example"})
        browser.open("/account", method="POST", data={"name": "x"})
        browser.open("/account", headers={"Host": "h.example"})

    assert [line["why"] for line in lines] == ["foreign origin", "form token", "foreign host"]


def test_guessing_of_passwords_is_seen_by_account_and_source(visit: Visit) -> None:
    fig = a_person("Fig", "fig@example.org", password=PASSWORD)
    guest = visit()
    with refused("sign_in_refused") as lines:
        for email in ("fig@example.org", "nobody@example.org"):
            guest.send("/sign-in", email=email, password="wrong word here")
    with refused() as limited:
        for _ in range(10):
            guest.send("/sign-in", email="fig@example.org", password="wrong word here")

    assert [(line["step"], line["person"]) for line in lines] == [("password", fig.key), ("password", "unknown")]
    assert len({line["source"] for line in lines}) == 1
    assert [(line["status"], line["why"]) for line in limited] == [(429, "limit")]


def test_source_is_the_same_for_one_network_and_tells_no_address(app: Flask) -> None:
    here = source_of("2001:db8:1:2::7")

    assert here == source_of("2001:db8:1:2::8")
    assert here != source_of("2001:db8:1:3::7")
    assert len(here) == 12


def test_line_holds_nothing_that_was_typed_and_no_address(visit: Visit) -> None:
    a_person("Fig Primrose", "fig@example.org", password=PASSWORD)
    guest = visit()
    with capture_logs(processors=[merge_contextvars]) as lines:
        guest.send("/sign-in", email="fig@example.org", password="wrong word here")
        guest.open("/new-password/" + "k" * 26)
        guest.open("/files/fig@example.org")
        guest.open("/kept/" + "q" * 26, headers={"X-Forwarded-For": "192.0.2.7"})
        guest.open("/Fig/Primrose", method="QUERY")

    text = json.dumps(lines)
    assert "refused" in text
    for private in ("Fig", "Primrose", "fig@example.org", "wrong word", "127.0.0.1", "192.0.2.7", "k" * 26, "q" * 26):
        assert private not in text


def test_everyday_answers_leave_no_line(visit: Visit) -> None:
    browser = visit(a_person("Fig"))
    with refused() as lines:
        browser.get("/account")
        browser.post("/account", 422, name="")
        visit().open("/account")

    assert lines == []
