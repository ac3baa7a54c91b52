"""Who may open what: strangers read the same page as for an unknown key; files die with minutes, session and right."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from panel_app import clock
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio, a_text_file, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.portfolios.models import Evidence, PanelCopy, Portfolio, PortfolioStatus
from panel_app.portfolios.queries.cases import case_page
from tests.portfolios.acts import happened, rows
from tests.support.pages import Visitor, forget

Visit = Callable[[Actor | None], Visitor]
UNKNOWN = "a" * 26


def addresses(app: Flask, **keys: str) -> list[tuple[str, str]]:
    """Method and address of every route of this stage that takes a key of one portfolio."""
    found = []
    for rule in app.url_map.iter_rules():
        own = rule.endpoint.split(".")[0] in ("portfolios", "blind") and set(rule.arguments) - {"round_key"}
        if own and "token" not in rule.arguments:
            values = {**keys, "section": "reflection", "part": "manifest", "where": "later"}
            with app.test_request_context():
                path = app.url_map.bind("localhost").build(
                    rule.endpoint, {name: values[name] for name in rule.arguments}
                )
            found += [(method, path) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
    return sorted(set(found))


def answers(browser: Visitor, app: Flask, **keys: str) -> list[tuple[str, int, str]]:
    seen = []
    for method, path in addresses(app, **keys):
        if method == "PATCH":
            answer = browser.send_json(path, {"text": "x", "revision": 1})
        elif method == "POST":
            answer = browser.send(path, form_key="x", text="x", link="https://x.example.org", reason="x", revision="1")
        else:
            answer = browser.client.get(path)
        body = re.sub(r"[0-9a-f]{16}|name=\"csrf_token\" value=\"[^\"]+\"", "", answer.get_data(as_text=True))
        for key in keys.values():
            body = body.replace(key, "")
        seen.append((method, answer.status_code, body))
        forget()
    return seen


def keys_of(built: APortfolio, round_key: str) -> dict[str, str]:
    page = case_page(built.key)
    assert page is not None
    return {
        "round_key": round_key,
        "portfolio_key": built.key,
        "evidence_key": built.pieces[3],
        "copy_key": page.copies[built.pieces[3]].key,
        "assessment_key": built.assessment_key,
    }


def a_built(round_: object) -> APortfolio:
    return a_portfolio(round_, evidence=[*three_links(), a_text_file("Maize_Test.md")])  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["another candidate", "a coordinator of another round"])
def test_a_stranger_reads_the_same_as_for_a_key_that_never_was(app: Flask, visit: Visit, who: str) -> None:
    round_ = a_round()
    built = a_built(round_)
    stranger = a_portfolio(round_).candidate if who == "another candidate" else a_coordinator(a_round().id)
    browser, keys = visit(stranger), keys_of(built, round_.key)

    foreign = answers(browser, app, **keys)
    unknown = answers(browser, app, **{**dict.fromkeys(keys, UNKNOWN), "round_key": round_.key})

    assert len(foreign) > 25
    assert foreign == unknown
    assert {status for _, status, _ in foreign} <= {403, 404}
    assert rows(Portfolio, key=built.key, status=PortfolioStatus.SUBMITTED) == 1
    assert rows(Evidence, state="removed") == 0


def test_a_coordinator_finds_nothing_of_their_own_portfolio(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)
    own, other = a_portfolio(round_, coordinator, organisation="Quay Works"), a_portfolio(round_)
    browser = visit(coordinator)

    listed = browser.get(f"/rounds/{round_.key}/portfolios")

    assert listed.references == [other.reference]
    browser.get(f"/rounds/{round_.key}/portfolios/{own.key}", status=404)


def test_a_guest_is_sent_to_sign_in_from_every_page(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    keys = keys_of(a_built(round_), round_.key)
    guest = visit(None)

    for method, path in addresses(app, **keys):
        if method == "GET":
            assert guest.client.get(path).status_code in (302, 303), path


def test_a_file_s_address_dies_in_ten_minutes_and_in_another_session(app: Flask, visit: Visit) -> None:
    built = a_built(a_round())
    browser, elsewhere = visit(built.candidate), visit(built.candidate)

    address = browser.client.get(f"/portfolios/evidence/{built.pieces[3]}/original").headers["Location"]

    assert browser.client.get(address).status_code == 200
    assert elsewhere.client.get(address).status_code == 404
    forged = address[:-9] + ("A" if address[-9] != "A" else "B") + address[-8:]
    assert browser.client.get(forged).status_code == 404
    with clock.pinned(clock.now() + timedelta(minutes=10, seconds=1)):
        assert browser.client.get(address).status_code == 404


def test_files_are_served_so_that_they_can_t_act(app: Flask, visit: Visit) -> None:
    built = a_built(a_round())
    browser = visit(built.candidate)

    answer = browser.client.get(f"/portfolios/evidence/{built.pieces[3]}/original", follow_redirects=True)

    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Maize_Test.md"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_panel_copy_is_neutral_in_name_and_only_for_who_has_a_ground(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_built(round_)
    copy = keys_of(built, round_.key)["copy_key"]

    answer = visit(a_coordinator(round_.id)).client.get(f"/reviews/copies/{copy}", follow_redirects=True)
    text = visit(a_coordinator(round_.id)).get(f"/reviews/copies/{copy}/text")

    assert f'filename="{built.reference}-E04.html"' in answer.headers["Content-Disposition"]
    assert text.heading == f"{built.reference}-E04"
    assert "duty engineer" in text.main
    visit(built.candidate).get(f"/reviews/copies/{copy}", status=404)
    visit(a_person()).get(f"/reviews/copies/{copy}/text", status=404)


def test_late_attempts_are_kept_only_of_the_owner(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_portfolio(round_, submitted=False)
    with clock.pinned(round_.closes_at + timedelta(hours=1)):
        visit(a_person()).send(f"/portfolios/{built.key}/withdraw")
        visit(a_person()).send(f"/portfolios/{built.key}/links", link="https://x.example.org")

    assert happened("portfolios:late-attempt:refused") == 0
    assert rows(PanelCopy) == 0


def test_a_part_of_a_file_is_answered_with_that_part_alone(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    copy = f"/reviews/copies/{keys_of(a_built(round_), round_.key)['copy_key']}"
    browser = visit(a_coordinator(round_.id)).client
    whole = browser.get(copy, follow_redirects=True)

    part = browser.get(copy, follow_redirects=True, headers={"Range": "bytes=10-29"})
    tail = browser.get(copy, follow_redirects=True, headers={"Range": "bytes=-5"})
    beyond = browser.get(copy, follow_redirects=True, headers={"Range": f"bytes={len(whole.data)}-"})

    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    assert (part.status_code, part.data) == (206, whole.data[10:30])
    assert part.headers["Content-Range"] == f"bytes 10-29/{len(whole.data)}"
    assert part.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (tail.status_code, tail.data) == (206, whole.data[-5:])
    assert beyond.status_code == 416


def test_a_part_is_refused_to_whom_the_whole_is(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    copy = f"/reviews/copies/{keys_of(a_built(round_), round_.key)['copy_key']}"
    own, other = visit(a_coordinator(round_.id)).client, visit(a_coordinator(round_.id)).client
    address, ten = own.get(copy).headers["Location"], {"Range": "bytes=0-9"}

    answers = [client.get(address, headers=ten).status_code for client in (own, other)]

    assert answers == [206, 404]
