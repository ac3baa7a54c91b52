"""What holds of every route, those of later days too: read from the URL map, not from a list."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse
from wtforms.fields.core import UnboundField

from panel_app.accounts.services import actor_of, grant_role
from panel_app.demo.builders.accounts import an_admin
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation import schema
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.web.forms import StageForm
from tests.accounts.kinds import Visit, sure
from tests.matrix.probe import address
from tests.matrix.world import World
from tests.support.pages import Visitor

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
NOWHERE = World({}, {})


def rules(app: Flask, methods: set[str]) -> Iterator[tuple[Rule, str]]:
    """Every route with each of its methods among these."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: (each.rule, each.endpoint)):
        yield from ((rule, method) for method in sorted((rule.methods or set()) & methods))


@pytest.fixture
def everybody(app: Flask) -> Actor:
    """One person with every role, so that no declaration of callers stands before what is tested."""
    round_, person = a_round(state="open"), an_admin()
    a_member(round_, person=person)
    for role in set(Role) - {Role.ADMIN}:
        grant_role(SYSTEM, sure(person.person_id), role, round_.id)
    return actor_of(sure(person.person_id))


def rows() -> dict[str, int]:
    """Table → number of rows; how often something may be tried is counted beside."""
    reading().rollback()
    tables = [table for table in schema.metadata().sorted_tables if table.name != "throttle"]
    return {table.name: reading().scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def missing_headers(answer: TestResponse) -> list[str]:
    """What an answer lacks of what every answer carries."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wanted = {
        "policy": "default-src 'none'" in policy and "unsafe-inline" not in policy,
        "frames": "frame-ancestors 'none'" in policy or answer.headers.get("X-Frame-Options") == "DENY",
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": "Referrer-Policy" in answer.headers,
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "charset": not answer.headers.get("Content-Type", "").startswith("text/") or "charset" in answer.content_type,
    }
    return [name for name, holds in wanted.items() if not holds]


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_route_answers_with_every_header(app: Flask, visit: Visit, everybody: Actor, signed_in: bool) -> None:
    browser = visit(everybody if signed_in else None)

    found = {
        rule.rule: missing_headers(browser.open(address(app, rule, NOWHERE), buffered=True))
        for rule, _ in rules(app, {"GET"})
    }

    assert len(found) > 60
    assert {path: lacks for path, lacks in found.items() if lacks} == {}


def test_no_answer_to_a_signed_in_person_may_be_stored(app: Flask, visit: Visit, everybody: Actor) -> None:
    browser = visit(everybody)
    pages = [rule for rule, _ in rules(app, {"GET"}) if rule.endpoint != "static"]

    answers = {rule.rule: browser.open(address(app, rule, NOWHERE), buffered=True).headers for rule in pages}

    wrong = {
        path: (headers.get("Cache-Control"), headers.get("Vary"))
        for path, headers in answers.items()
        if headers.get("Cache-Control") != "no-store" or "Cookie" not in headers.get("Vary", "")
    }
    assert wrong == {}


def refused(app: Flask, browser: Visitor, **how: object) -> dict[str, int]:
    """The status of every change, sent like this, that was not refused as it must be."""
    found = {}
    for rule, method in rules(app, CHANGING):
        answer = browser.open(address(app, rule, NOWHERE), method=method, **how)
        if answer.status_code not in (400, 403, 415):
            found[f"{method} {rule.rule}"] = answer.status_code
    return found


def test_no_change_goes_through_without_a_token(app: Flask, visit: Visit, everybody: Actor) -> None:
    browser, before = visit(everybody), rows()

    through = refused(app, browser, data={"reason": "words"})

    assert through == {}
    assert rows() == before


def test_no_change_goes_through_from_another_site(app: Flask, visit: Visit, everybody: Actor) -> None:
    browser, before = visit(everybody), rows()
    data = {"reason": "words", "csrf_token": browser.token()}

    through = refused(app, browser, data=data, headers={"Origin": "https://h.example"})

    assert through == {}
    assert rows() == before


def test_no_change_goes_through_as_json_that_calls_itself_text(app: Flask, visit: Visit, everybody: Actor) -> None:
    browser, before = visit(everybody), rows()

    through = refused(app, browser, data='{"reason": "words"}', content_type="text/plain")

    assert through == {}
    assert rows() == before


OWN = frozenset({
    "id", "key", "state", "status", "owner", "person_id", "reference", "released_at", "created_at", "round",
})  # fmt: skip
NAMED_BY_THEIR_ACT = {"GrantForm": {"role"}}


def forms(kind: type[StageForm] = StageForm) -> Iterator[type[StageForm]]:
    """Every form of the house."""
    for each in kind.__subclasses__():
        yield each
        yield from forms(each)


def fields_of(form: type[StageForm]) -> set[str]:
    return {name for name in dir(form) if isinstance(getattr(form, name, None), UnboundField)}


def test_no_form_has_a_field_that_would_let_its_sender_set_what_the_house_sets(app: Flask) -> None:
    ours = [form for form in forms() if form.__module__.startswith("panel_app.")]

    found = {
        form.__name__: fields_of(form) & (OWN | {"role"}) - NAMED_BY_THEIR_ACT.get(form.__name__, set())
        for form in ours
    }

    assert len(ours) > 20
    assert {name: fields for name, fields in found.items() if fields} == {}


def test_values_of_a_form_are_its_own_fields_whatever_was_sent(app: Flask) -> None:
    class Noted(StageForm):
        pass

    with app.test_request_context(method="POST", data=dict.fromkeys(OWN, "x")):
        assert Noted().values() == {}
