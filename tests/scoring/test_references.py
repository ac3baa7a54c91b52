"""References: what one may hold, how two pages' changes join, where they are stored, and who reads them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from panel_app import clock
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person
from panel_app.demo.builders.moderation import an_answered_case, an_assessed_portfolio, case_of
from panel_app.demo.builders.outcomes import a_release, a_signed_outcome, two_signers
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import db, reading
from panel_app.foundation.saying import say
from panel_app.scoring.models import ScoreReference
from panel_app.scoring.queries import submitted_sheets
from panel_app.scoring.rules.fields import Unacceptable
from panel_app.scoring.rules.references import MOST, Reference, merged, parsed, words, written
from panel_app.scoring.services import save_field, save_sheet
from tests.moderation.scenes import NEAR
from tests.scoring.places import Place
from tests.scoring.saves import a_change, head_of, history_of, stored
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]
both_databases = pytest.mark.both_databases
KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def a_reference(key: str = "aaaaaaaa", piece: str = "E01", **more: object) -> dict[str, Any]:
    return {"key": key, "piece": piece, **more}


def value(*references: dict[str, Any]) -> str:
    return written(parsed(json.dumps(references)))


def keyed(keys: list[str]) -> str:
    return value(*(a_reference(key * 8) for key in keys))


def keys_in(text: str) -> list[str]:
    return [each.key[0] for each in parsed(text)]


def test_a_reference_is_read_and_written_in_one_way() -> None:
    came = json.dumps([a_reference(page=3, quote="  alert\n fired ", nth=2, box=None, copy="", extra=1)])

    assert parsed(came) == (Reference("aaaaaaaa", "E01", 3, "alert fired", 2),)
    assert written(parsed(came)) == '[{"key":"aaaaaaaa","piece":"E01","page":3,"quote":"alert fired","nth":2}]'
    assert written(()) == written(parsed("[]")) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        "no list",
        "{}",
        "[1]",
        '[{"piece": "E01"}]',
        json.dumps([a_reference(page=0)]),
        json.dumps([a_reference(page=True)]),
        json.dumps([a_reference(quote="x" * 501)]),
        json.dumps([a_reference(quote="x", box=[0, 0, 0.1, 0.1])]),
        json.dumps([a_reference(box=[0.5, 0, 0.6, 0.1])]),
        json.dumps([a_reference(box=[0, 0, 0, 0.1])]),
        '[{"key":"aaaaaaaa","piece":"E01","box":[NaN,0,0.1,0.1]}]',
        json.dumps([a_reference(piece="../E01")]),
        json.dumps([a_reference(), a_reference()]),
        json.dumps([a_reference(key=f"key{n:08}") for n in range(MOST + 1)]),
        "[" * 100_000,
    ],
)
def test_what_is_no_reference_is_refused(wrong: str) -> None:
    with pytest.raises(Unacceptable):
        parsed(wrong)


def test_a_piece_of_another_portfolio_is_refused_by_its_name() -> None:
    with pytest.raises(Unacceptable) as refused:
        parsed(value(a_reference(piece="E09")), {"E01"})

    assert refused.value.sentence.params == {"piece": "E09"}


@given(KEYS, KEYS, KEYS)
def test_joining_loses_nothing_added_and_keeps_nothing_taken_away(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    joined = set(keys_in(merged(keyed(base), keyed(theirs), keyed(mine))))

    added = (set(theirs) | set(mine)) - set(base)
    taken = set(base) - (set(theirs) & set(mine))
    assert joined == (set(base) | added) - taken


def test_a_reference_reads_as_a_sentence(app: Flask) -> None:
    made = parsed(
        value(
            a_reference("aaaaaaaa", "E03", page=12, quote="alert fired at"),
            a_reference("bbbbbbbb", "E04", quote="09:14"),
            a_reference("cccccccc", "E03", page=2, box=[0.1, 0.1, 0.5, 0.2]),
            a_reference("dddddddd", "E05", box=[0, 0, 1, 1]),
            a_reference("eeeeeeee", "E06", page=4),
            a_reference("ffffffff", "reflection"),
        )
    )

    assert [say(words(each)) for each in made] == [
        "E03, p. 12: “alert fired at”",
        "E04: “09:14”",
        "E03, p. 2: a part of the page",
        "E05: a part of the picture",
        "E06, p. 4",
        "reflection",
    ]


@both_databases
def test_references_are_rows_of_their_own_in_their_order(place: Place) -> None:
    two = value(a_reference("bbbbbbbb", "E02", page=3, quote="the alert", nth=1), a_reference(box=[0.1, 0.2, 0.3, 0.4]))
    save_field(place.actor, place.key, a_change("C2.references", two))

    rows = reading().scalars(select(ScoreReference).order_by(ScoreReference.position)).all()
    assert [(row.piece, row.page, row.quote, row.nth, row.box_left) for row in rows] == [
        ("E02", 3, "the alert", 1, None),
        ("E01", None, "", 0, 0.1),
    ]
    assert stored(place.key) == {"C2.references": two}


@both_databases
def test_references_have_revisions_and_every_version_is_kept(place: Place) -> None:
    first, second = keyed(["a"]), keyed(["a", "b"])
    save_field(place.actor, place.key, a_change("C1.references", first))
    save_field(place.actor, place.key, a_change("C1.references", second, 1))

    saved = save_field(place.actor, place.key, a_change("C1.references", "", 2))

    history = history_of(head_of(place.key).id, "C1.references")["C1.references"]
    assert (saved.revision, [change.value for change in history]) == (3, [first, second, ""])
    assert stored(place.key) == {}


@both_databases
def test_references_that_two_pages_add_at_once_are_both_kept(place: Place) -> None:
    save_field(place.actor, place.key, a_change("C1.references", keyed(["a"]), page="desk"))

    saved = save_field(place.actor, place.key, a_change("C1.references", keyed(["b"]), page="phone", operation="op"))
    again = save_field(place.actor, place.key, a_change("C1.references", keyed(["b"]), page="phone", operation="op"))

    joined = keyed(["a", "b"])
    assert stored(place.key) == {"C1.references": joined}
    assert saved.others["C1.references"].value == again.others["C1.references"].value == joined
    assert (saved.revision, again.revision) == (2, 2)


@both_databases
def test_a_form_joins_references_too(place: Place) -> None:
    save_field(place.actor, place.key, a_change("C1.references", keyed(["a"]), page="desk"))

    saved = save_sheet(place.actor, place.key, {"C1.references": keyed(["b"])}, revision=0, page="old", form_key="f")

    assert (saved.clashes, stored(place.key)) == ((), {"C1.references": keyed(["a", "b"])})


@both_databases
def test_a_piece_that_the_portfolio_has_not_is_refused_and_nothing_is_saved(place: Place) -> None:
    with pytest.raises(Unacceptable):
        save_field(place.actor, place.key, a_change("C1.references", value(a_reference(piece="E99"))))

    save_field(place.actor, place.key, a_change("C1.references", value(a_reference(piece="reflection"))))
    assert list(stored(place.key)) == ["C1.references"]


@both_databases
@pytest.mark.parametrize(
    "wrong",
    [
        "page = 0",
        "box_left = 0.5",
        "box_left = 0.5, box_top = 0, box_width = 0.6, box_height = 1",
        "quote = 'x', box_left = 0, box_top = 0, box_width = 1, box_height = 1",
    ],
)
def test_no_impossible_reference_can_be_written(place: Place, wrong: str) -> None:
    save_field(place.actor, place.key, a_change("C1.references", value(a_reference())))

    with pytest.raises(DatabaseError), db.engine.begin() as connection:
        connection.execute(text(f"UPDATE score_reference SET {wrong}"))


@both_databases
def test_references_are_part_of_the_submitted_version(place: Place) -> None:
    pointed = value(a_reference(page=2, quote="the alert"))
    a_submitted_sheet(place.key, texts={"C3.references": pointed})

    (sheet,) = submitted_sheets(place.portfolio.assessment_id)

    assert sheet.score("C3").references == parsed(pointed)
    assert sheet.score("C1").references == ()


def test_moderators_read_references_and_the_candidate_never(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    pointed = {"C1.references": value(a_reference(quote="words for moderators alone"))}
    candidate = a_person()
    assessed = an_assessed_portfolio(round_, *NEAR, portfolio=an_admitted_portfolio(round_, candidate), texts=pointed)
    moderator, signers = a_moderator(round_.id), two_signers(round_)
    case = visit(moderator).get(f"/moderation/{case_of(assessed).key}")
    an_answered_case(assessed, moderator)
    with clock.pinned(round_.release_at):
        a_signed_outcome(assessed, signers)
        a_release(round_, a_coordinator(round_.id))
        outcome = visit(candidate).get(f"/portfolios/{assessed.portfolio.key}/outcome")

    assert case.body.count("E01: “words for moderators alone”") == 2
    assert "words for moderators alone" not in outcome.body


def test_the_sheet_lists_references_without_its_script_and_after_submission(place: Place, visit: Visit) -> None:
    a_saved_sheet(place.key, texts={"C1.references": value(a_reference(page=2, quote="the alert"))})
    page = visit(place.actor).get(f"/reviews/{place.key}")

    assert "E01, p. 2: “the alert”" in page.all("//*[@id='C1']//ol/li")
