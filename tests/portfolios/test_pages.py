"""The pages of portfolios, as a page client sees them."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from panel_app import clock
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.portfolios import (
    APiece,
    APortfolio,
    a_portfolio,
    a_text_file,
    an_admitted_portfolio,
    three_links,
)
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.portfolios import services
from panel_app.portfolios.models import Evidence, Portfolio, PortfolioStatus, SectionText, Submission
from panel_app.portfolios.queries.drafts import texts_of
from panel_app.portfolios.rules.texts import LONGEST
from tests.portfolios.acts import happened, rows
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
Count = Callable[[], AbstractContextManager[Statements]]


def section(built: APortfolio, name: str = "reflection") -> str:
    return f"/portfolios/{built.key}/sections/{name}"


def test_a_person_starts_a_portfolio_in_an_open_round(app: Flask, visit: Visit) -> None:
    round_, person = a_round(), a_person()
    a_round(state="closed")
    browser = visit(person)

    page = browser.get("/portfolios/new")
    shown = browser.post(
        f"/portfolios/new?round={round_.key}", organisation="Quay Works", people_named="Ida B\r\n\r\nJo C"
    )

    assert page.references == [round_.title]
    assert shown.heading == "Your CPAP portfolio"
    assert "never your name" in shown.main
    assert rows(Portfolio, status=PortfolioStatus.DRAFT) == 1


def test_the_task_list_says_what_is_missing_and_never_more_than_is_there(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False, sections={"reflection": ""}, evidence=three_links()[:2])

    page = visit(built.candidate).get(f"/portfolios/{built.key}")

    assert "Sections to write: 1" in page.main
    assert "2 of at least 3 pieces" in page.main
    assert page.all("//*[@class='need-why']") == ["Reflection", "PSF-7"]
    assert page.references == ["E01", "E02"]


def test_a_section_is_saved_by_its_plain_form_with_lf_line_ends(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)

    visit(built.candidate).post(section(built), text="one\r\ntwo", revision=1)

    assert texts_of(built.id)["reflection"].text == "one\ntwo"


def test_a_section_saved_elsewhere_comes_back_with_both_texts(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)
    browser = visit(built.candidate)
    services.save_section(built.candidate, built.key, "reflection", "From the other page.", revision=1)

    page = browser.post(section(built), status=409, text="Mine.", revision=1)
    again = browser.post(section(built), text=page.field("text").strip(), revision=page.field("revision"))

    assert "From the other page." in page.main
    assert page.field("text").strip() == "Mine."
    assert again.status == 200
    assert texts_of(built.id)["reflection"].text == "Mine."


def test_autosave_answers_the_revision_and_409_with_the_newer_text(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)
    browser = visit(built.candidate)

    first = browser.send_json(section(built), {"text": "one two", "revision": 1})
    second = browser.send_json(section(built), {"text": "three", "revision": 1})

    assert (first.status_code, first.json) == (200, {"revision": 2, "saved": "09:00", "words": 2})
    assert (second.status_code, second.json and second.json["text"]) == (409, "one two")


def test_a_section_beyond_all_bounds_is_refused_with_its_length_and_stays_on_the_page(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)
    before, typed = texts_of(built.id)["reflection"].text, "x" * (LONGEST + 1)
    browser, sentence = visit(built.candidate), "This has 200001 characters; shorten it to 200000."

    page = browser.post(section(built), status=409, text=typed, revision=1)
    saved = browser.send_json(section(built), {"text": typed, "revision": 1})

    assert page.errors == [sentence]
    assert page.field("text").strip() == typed
    assert (saved.status_code, saved.json and saved.json["error"]) == (409, sentence)
    assert texts_of(built.id)["reflection"].text == before


def test_a_section_of_as_many_letters_as_there_may_be_is_kept_whole(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)

    visit(built.candidate).post(section(built), text=f" {'x' * LONGEST}\r\n", revision=1)

    assert texts_of(built.id)["reflection"].text == "x" * LONGEST


def test_autosave_keeps_a_text_without_its_halves_of_characters(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)

    answer = visit(built.candidate).send_json(section(built), {"text": "half \ud800 of a pair", "revision": 1})

    assert answer.status_code == 200
    assert texts_of(built.id)["reflection"].text == "half  of a pair"


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x"},
        {"text": "x", "revision": "1"},
        {"text": "x", "revision": 1, "status": "submitted"},
        {"text": "a\x00b", "revision": 1},
        [],
    ],
)
def test_autosave_takes_its_own_fields_and_no_other(app: Flask, visit: Visit, body: object) -> None:
    built = a_portfolio(a_round(), submitted=False)

    answer = visit(built.candidate).send_json(section(built), body)

    assert answer.status_code == 400
    assert rows(SectionText, revision=2) == 0


def test_an_upload_goes_to_its_own_page_and_a_bad_one_keeps_the_others(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False, evidence=[])
    browser = visit(built.candidate)
    files = f"/portfolios/{built.key}/files"

    good = browser.post(files, file=(BytesIO(b"Notes of the duty engineer."), "Überblick.txt"))
    bad = browser.post(files, status=409, file=(BytesIO(b""), "empty.txt"))

    assert good.heading == "E01 Überblick.txt"
    assert bad.errors == [
        "This file is empty. Open it to see whether your work is in it, save it, then upload it again."
    ]
    assert "Überblick.txt" in bad.main
    assert rows(Evidence) == 1


def test_a_script_s_upload_reads_json(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False, evidence=[])
    browser = visit(built.candidate)

    def send(content: bytes) -> tuple[int, object]:
        data = {"file": (BytesIO(content), "notes.txt"), "announced_size": "27", "csrf_token": browser.token()}
        headers = {"Origin": "http://localhost", "Accept": "application/json"}
        answer = browser.client.post(f"/portfolios/{built.key}/files", data=data, headers=headers)
        return answer.status_code, answer.json

    cut, whole = send(b"Notes of the duty"), send(b"Notes of the duty engineer.")

    assert cut[0] == 409
    assert "Not all of this file arrived" in str(cut[1])
    assert whole[0] == 200
    assert rows(Evidence) == 1


def test_a_piece_is_described_and_mapped(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False, evidence=[APiece("", link="https://x.example.org/a")])
    browser = visit(built.candidate)

    page = browser.post(
        f"/portfolios/evidence/{built.pieces[0]}", shows="A report.", on_C1="shows", on_PSF_3="touches", on_C9="shows"
    )

    assert "shows C1; touches PSF-3" in page.main


@pytest.mark.parametrize("link", ["javascript:alert(1)", "x.example.org", "https://me@x.example.org/", "https:///a"])
def test_a_link_that_is_no_address_is_refused_and_kept_as_typed(app: Flask, visit: Visit, link: str) -> None:
    built = a_portfolio(a_round(), submitted=False, evidence=[])

    page = visit(built.candidate).post(f"/portfolios/{built.key}/links", status=409, link=link)

    assert page.field("link") == link
    assert rows(Evidence) == 0


def test_what_is_handed_in_can_be_read_through_before_it_is(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)

    page = visit(built.candidate).get(f"/portfolios/{built.key}/submit")

    assert page.references == ["E01", "E02", "E03"]
    assert f"/portfolios/{built.key}/sections/reflection" in page.links()


def test_submitting_leads_to_a_receipt_that_can_be_checked(app: Flask, visit: Visit) -> None:
    built = a_portfolio(a_round(), submitted=False)
    browser = visit(built.candidate)
    form_key = browser.get(f"/portfolios/{built.key}/submit").field("form_key")

    first = browser.post(f"/portfolios/{built.key}/submit", form_key=form_key)
    second = browser.post(f"/portfolios/{built.key}/submit", form_key=form_key)
    manifest = browser.client.get(f"/portfolios/{built.key}/receipt/manifest")

    assert first.heading == second.heading == f"Receipt for {built.reference}"
    assert hashlib.sha256(manifest.data).hexdigest() in first.main
    assert "Mon 4 Jan 2027 09:00:00 WET (Lisbon)" in first.main
    assert rows(Submission) == 1


def test_after_the_deadline_a_form_comes_back_with_its_text_the_time_and_what_to_do(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_portfolio(round_, submitted=False)
    with clock.pinned(round_.closes_at + timedelta(hours=1)):
        browser = visit(built.candidate)
        page = browser.post(section(built), status=409, text="Too late, and long.", revision=1)
        patch = browser.send_json(section(built), {"text": "late", "revision": 1})
        upload = browser.post(f"/portfolios/{built.key}/files", status=409, file=(BytesIO(b"late"), "late.txt"))

    assert "The deadline was" in page.errors[0]
    assert "write to the round's coordinator" in page.errors[0]
    assert page.field("text").strip() == "Too late, and long."
    assert patch.status_code == 409
    assert "The deadline was" in upload.errors[0]
    assert happened("portfolios:late-attempt:refused") == 3


def test_a_zip_of_own_evidence_keeps_names_of_any_script_apart(app: Flask, visit: Visit) -> None:
    files = [a_text_file("資料.md"), a_text_file("資料.MD", b"# Another\n\nOther words.\n")]
    built = a_portfolio(a_round(), submitted=False, evidence=files)

    answer = visit(built.candidate).client.get(f"/portfolios/{built.key}/evidence.zip")

    names = ZipFile(BytesIO(answer.data)).namelist()
    assert len({name.casefold() for name in names}) == len(names) == 2
    assert names[0] == "資料.md"


@pytest.mark.parametrize("portfolios", [1, 3])
def test_the_coordinator_s_list_runs_the_same_statements_at_any_size(
    app: Flask, visit: Visit, count_statements: Count, portfolios: int
) -> None:
    round_ = a_round()
    built = sorted(a_portfolio(round_, submitted=n % 2 == 0).reference for n in range(portfolios))
    browser = visit(a_coordinator(round_.id))
    browser.get(f"/rounds/{round_.key}/portfolios")

    with count_statements() as seen:
        page = browser.get(f"/rounds/{round_.key}/portfolios")

    assert page.references == built
    assert len(seen) == LIST_STATEMENTS, seen.by_place()


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_task_list_runs_the_same_statements_at_any_number_of_pieces(
    app: Flask, visit: Visit, count_statements: Count, pieces: int
) -> None:
    built = a_portfolio(a_round(), submitted=False, evidence=three_links()[:pieces])
    browser = visit(built.candidate)

    with count_statements() as seen:
        page = browser.get(f"/portfolios/{built.key}")

    assert len(page.references) == pieces
    assert len(seen) == TASK_STATEMENTS, seen.by_place()


LIST_STATEMENTS = 11
TASK_STATEMENTS = 11


def test_the_case_page_holds_the_identity_and_opens_originals_with_a_trace(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    built = a_portfolio(round_, evidence=[*three_links(), a_text_file("Résumé.md")], people_named=["Yam Burr"])
    browser = visit(a_coordinator(round_.id))

    page = browser.get(f"/rounds/{round_.key}/portfolios/{built.key}")
    answer = browser.send(f"/rounds/{round_.key}/originals/{built.pieces[3]}")
    file = browser.client.get(answer.headers["Location"])

    assert [name for name in (built.candidate.name, "Yam Burr", "Résumé.md") if name not in page.main] == []
    assert file.data.startswith(b"# Runbook")
    assert "R%C3%A9sum%C3%A9.md" in file.headers["Content-Disposition"]
    assert happened("portfolios:original:read") == 1


def test_a_coordinator_extends_and_admits_by_page(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    late, done = a_portfolio(round_, submitted=False), a_portfolio(round_)
    coordinator = a_coordinator(round_.id)
    browser = visit(coordinator)
    extend = f"/rounds/{round_.key}/portfolios/{late.key}/extend"

    bad = browser.post(extend, status=422, until="2027-02-01T17:00", reason=" ")
    good = browser.post(extend, until="2027-02-01T17:00", reason="A hospital stay.")
    with clock.pinned(round_.closes_at + timedelta(hours=1)):
        listed = visit(coordinator).post(f"/rounds/{round_.key}/portfolios/admit")

    assert bad.field("until") == "2027-02-01T17:00"
    assert "A hospital stay." in good.main
    assert "1 portfolio is admitted." in listed.main
    assert "Admitted" in listed.main
    assert done.reference in listed.references


@pytest.mark.parametrize(("status", "shows"), [("admitted", True), ("draft", False), ("held", False), ("x", True)])
def test_the_list_is_filtered_by_what_its_column_says(app: Flask, visit: Visit, status: str, shows: bool) -> None:
    round_ = a_round(state="closed")
    built, browser = an_admitted_portfolio(round_), visit(a_coordinator(round_.id))

    page = browser.get(f"/rounds/{round_.key}/portfolios?status={status}")

    assert (built.reference in page.references) is shows
