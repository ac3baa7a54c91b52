"""The history of a sheet: every text in steps of time, what changed since, and the way back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.permissions import Refused
from panel_app.scoring.models import ScoreSheet, SheetSave
from panel_app.scoring.rules.versions import MOST_VERSIONS, MOST_WORDS, Saved, changes, versions
from panel_app.scoring.services import save_field
from panel_app.scoring.services.restoring import restore_version
from tests.scoring.places import Place, a_place
from tests.scoring.saves import a_change, head_of, history_of, stored
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]
NINE = datetime(2027, 1, 4, 21, 0, tzinfo=UTC)


def told(*saves: tuple[float, str, str]) -> list[str]:
    """The texts that a page lists of these saves: minute, text, page."""
    rows = [
        Saved(at, NINE + timedelta(minutes=minute), page, not text) for at, (minute, text, page) in enumerate(saves)
    ]
    return [saves[save.revision][1] for save in versions(rows)]


def test_typing_of_ten_minutes_is_one_version_and_another_page_s_text_is_its_own() -> None:
    listed = told((0, "T", "p"), (3, "Two", "p"), (4, "phone", "q"), (5, "Tw", "p"), (40, "Ten", "p"))

    assert listed == ["Ten", "Tw", "phone", "Two"]


def test_what_was_emptied_stays_in_the_list() -> None:
    assert told((0, "A long text", "p"), (1, "", "p"), (2, "anew", "p")) == ["anew", "A long text"]


def test_the_list_is_bounded() -> None:
    assert len(told(*((at * 11, str(at), "p") for at in range(MOST_VERSIONS + 9)))) == MOST_VERSIONS


def test_changes_are_told_word_by_word_and_give_both_texts_back() -> None:
    before, after = "Two releases\nwith figures", "Three releases\nwith old figures"

    runs = list(changes(before, after))

    assert runs[:2] == [("out", "Two "), ("in", "Three ")]
    assert "".join(text for kind, text in runs if kind != "in") == before
    assert "".join(text for kind, text in runs if kind != "out") == after


def test_long_texts_are_compared_by_their_rarer_words_so_that_it_takes_no_time() -> None:
    before, after = "the one " * 200, "one the the " * 200

    runs = list(changes(f"{before}begin {before}", f"{after}begin {after}"))

    assert [text for kind, text in runs if kind == "same"] == ["begin "]


def test_very_long_texts_stand_beside_each_other_whole() -> None:
    long = "word " * (MOST_WORDS + 1)

    assert list(changes(long, "short")) == [("out", long), ("in", "short")]


@pytest.mark.both_databases
def test_an_earlier_text_comes_back_as_a_new_save_once(place: Place) -> None:
    for value in ("first", "second"):
        save_field(place.actor, place.key, a_change("note", value, head_of(place.key).revision))

    for _ in range(2):
        restore_version(place.actor, place.key, revision=1, shown=2, form_key="k")

    assert stored(place.key) == {"note": "first"}
    assert [each.value for each in history_of(head_of(place.key).id)["note"]] == ["first", "second", "first"]


@pytest.mark.both_databases
def test_nothing_comes_back_over_what_the_page_had_not_shown(place: Place) -> None:
    for value in ("first", "second", "third"):
        save_field(place.actor, place.key, a_change("note", value, head_of(place.key).revision))

    with pytest.raises(Refused) as stale:
        restore_version(place.actor, place.key, revision=1, shown=2, form_key="k")
    with pytest.raises(Refused) as other:
        restore_version(a_place(place.round_).actor, place.key, revision=1, shown=3, form_key="k")

    assert stale.value.refusal.kind == "moment"
    assert other.value.refusal.hidden
    assert stored(place.key) == {"note": "third"}


def test_the_page_shows_versions_what_changed_and_brings_one_back(place: Place, visit: Visit) -> None:
    for minute, value in ((0, "Two releases"), (30, "Three releases")):
        with clock.pinned(clock.now() + timedelta(minutes=minute)):
            save_field(place.actor, place.key, a_change("C1.rationale", value, head_of(place.key).revision))
    browser = visit(place.actor)
    page = browser.get(f"/reviews/{place.key}/history")

    revision, shown, form_key = (page.field(name) for name in ("revision", "shown", "form_key"))
    address = f"/reviews/{place.key}/history?field=C1.rationale"
    after = browser.post(address, revision=revision, shown=shown, form_key=form_key)

    assert page.all("//del") == ["Two"]
    assert page.all("//ins") == ["Three"]
    assert "The earlier text stands on the sheet again." in after.main
    assert stored(place.key) == {"C1.rationale": "Two releases"}


REFERENCES = '[{{"key":"aaaaaaaa","piece":"{piece}","page":{page}}}]'


def test_references_are_read_as_sentences(place: Place, visit: Visit) -> None:
    for minute, page in ((0, 1), (30, 2)):
        change = a_change("C1.references", REFERENCES.format(piece="E01", page=page), head_of(place.key).revision)
        with clock.pinned(clock.now() + timedelta(minutes=minute)):
            save_field(place.actor, place.key, change)

    page_shown = visit(place.actor).get(f"/reviews/{place.key}/history?field=C1.references")

    assert "E01, p. 1" in page_shown.main
    assert page_shown.all("//ins") == ["2"]
    assert "aaaaaaaa" not in page_shown.main


def test_a_reference_to_a_piece_that_is_gone_does_not_come_back_and_the_page_says_so(
    place: Place, visit: Visit
) -> None:
    with transaction() as db:
        sheet = db.get_one(ScoreSheet, head_of(place.key).id)
        sheet.revision = 1
        gone = REFERENCES.format(piece="E77", page=1)
        row = {"sheet_id": sheet.id, "field": "C1.references", "value": gone, "revision": 1, "saved_at": clock.now()}
        db.add(SheetSave(**row, operation="o", page="p"))

    address = f"/reviews/{place.key}/history?field=C1.references"
    page = visit(place.actor).post(address, 409, revision="1", shown="1", form_key="k")

    assert page.errors == ["This portfolio has no piece E77. Reload the page: what it holds may have changed."]
    assert stored(place.key) == {}


def test_an_unknown_field_or_parameter_of_the_history_is_refused(place: Place, visit: Visit) -> None:
    for query in ("field=C9.level", "sort=time"):
        assert visit(place.actor).get(f"/reviews/{place.key}/history?{query}", 400).status == 400
    assert visit(a_place(place.round_).actor).get(f"/reviews/{place.key}/history", 404).status == 404
