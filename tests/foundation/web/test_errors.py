"""Error pages: words, what to do and a request id; nothing of the inside, nothing of other people."""

import json

import pytest
from flask import Flask
from structlog.testing import capture_logs

from panel_app.foundation.permissions import Refusal, Refused, Who, allow
from tests.support.databases import SqliteDatabases, settings_for
from tests.support.pages import Page, Visitor


@pytest.fixture(scope="module")
def broken(sqlite_databases: SqliteDatabases) -> Flask:
    """An application of its own with routes that fail in each way."""
    from panel_app import create_app  # noqa: PLC0415  made beside the worker's own

    app = create_app(settings_for(f"sqlite:///{sqlite_databases.path}", sqlite_databases.folder))
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False

    def crash() -> str:
        raise RuntimeError("the words of someone@example.org")

    def lose() -> str:
        raise RuntimeError("the database went away")

    def refuse(refusal: Refusal) -> str:
        raise Refused(refusal)

    kinds = {
        "hidden": Refusal("secret words", hidden=True),
        "right": Refusal("You coordinate no such round."),
        "moment": Refusal("The round has closed.", kind="moment"),
    }
    hidden = allow(Who.ANYONE, on=("POST",))(lambda key: refuse(kinds["hidden"]))
    app.add_url_rule("/send/<key>", "send", hidden, methods=["POST"])
    app.add_url_rule("/crash", "crash", allow(Who.ANYONE)(crash))
    app.add_url_rule("/lose", "lose", allow(Who.ANYONE, on=("POST",))(lose), methods=["POST"])
    for name, refusal in kinds.items():
        app.add_url_rule(f"/{name}", name, allow(Who.ANYONE)(lambda refusal=refusal: refuse(refusal)))
    return app


@pytest.mark.parametrize(("path", "status"), [("/right", 403), ("/moment", 409), ("/hidden", 404), ("/crash", 500)])
def test_error_is_a_page_with_a_request_id(broken: Flask, path: str, status: int) -> None:
    answer = broken.test_client().get(path)

    assert answer.status_code == status
    assert answer.headers["X-Request-Id"] in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(("path", "words"), [("/right", "You coordinate no such round."), ("/moment", "has closed")])
def test_refusal_says_why(broken: Flask, path: str, words: str) -> None:
    assert words in broken.test_client().get(path).get_data(as_text=True)


def test_hidden_thing_answers_like_one_that_never_was(broken: Flask) -> None:
    hidden, unknown = (broken.test_client().get(path) for path in ("/hidden", "/never-was"))

    def shape(answer: object) -> tuple[int, str]:
        text = answer.get_data(as_text=True).replace(answer.headers["X-Request-Id"], "ID")  # type: ignore[attr-defined]
        return answer.status_code, text  # type: ignore[attr-defined]

    assert shape(hidden) == shape(unknown)


def test_text_for_a_hidden_thing_comes_back_as_it_does_for_one_that_never_was(broken: Flask) -> None:
    visitor = Visitor(broken)

    hidden, unknown = (
        visitor.post(path, 404, reason="Words of <b>half an hour</b>.", password="my secret words")
        for path in ("/send/a", "/sent/a")
    )

    for page in (hidden, unknown):
        assert page.all("//dl/div/dd") == ["Words of <b>half an hour</b>."]
        assert "my secret words" not in page.body
    assert _without_id(hidden) == _without_id(unknown)


def _without_id(page: Page) -> str:
    return page.body.replace(page.response.headers["X-Request-Id"], "ID")


def test_crash_tells_the_log_where_but_never_the_words(broken: Flask) -> None:
    with capture_logs() as lines:
        answer = broken.test_client().get("/crash")

    assert "someone@example.org" not in answer.get_data(as_text=True)
    assert [line["event"] for line in lines] == ["crashed"]


def test_crash_gives_back_what_was_typed_but_no_password(broken: Flask) -> None:
    sent = {"reason": "Ja.", "words": "https://example.org/a", "password": "nine quiet lanterns", "form_key": "abc23"}

    page = Visitor(broken).send("/lose", **sent).get_data(as_text=True)

    assert "It was not saved. Copy it before you go on." in page
    assert "https://example.org/a" in page
    assert ("nine quiet lanterns" in page, "abc23" in page) == (False, False)


def test_background_save_gets_json(broken: Flask) -> None:
    answer = broken.test_client().get("/moment", headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert json.loads(answer.data)["error"] == "The round has closed."
