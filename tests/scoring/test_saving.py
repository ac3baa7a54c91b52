"""Saving fields and forms: nothing lands twice, nothing is dropped, two texts are both shown."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from panel_app import clock
from panel_app.demo.builders.scoring import a_started_sheet
from panel_app.foundation.actors import GUEST
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import Refused
from panel_app.scoring.rules.fields import Unacceptable
from panel_app.scoring.services import FormSaved, Saved, Stale, save_field, save_sheet
from tests.scoring.places import Place, a_place, two_places
from tests.scoring.races import at_once
from tests.scoring.saves import a_change, head_of, history_of, stored

pytestmark = pytest.mark.both_databases


def form(place: Place, values: dict[str, str], revision: int, page: str = "p", form_key: str = "f") -> FormSaved:
    return save_sheet(place.actor, place.key, values, revision=revision, page=page, form_key=form_key)


def test_a_save_is_the_next_revision_at_the_acts_instant(place: Place) -> None:
    saved = save_field(place.actor, place.key, a_change("C1.level", "3"))

    assert (saved.revision, saved.saved_at, saved.others) == (1, clock.now(), {})
    assert stored(place.key) == {"C1.level": "3"}


def test_a_replayed_save_changes_nothing_and_gives_the_same_revision(place: Place) -> None:
    change = a_change("C1.rationale", "Shown twice.")
    first = save_field(place.actor, place.key, change)
    save_field(place.actor, place.key, a_change("C1.rationale", "Shown twice and better.", first.revision))

    again = save_field(place.actor, place.key, change)

    assert again.revision == first.revision == 1
    assert stored(place.key) == {"C1.rationale": "Shown twice and better."}


def test_an_operation_with_other_content_is_refused(place: Place) -> None:
    save_field(place.actor, place.key, a_change("note", "one", operation="same"))

    with pytest.raises(Refused):
        save_field(place.actor, place.key, a_change("note", "two", 1, operation="same"))

    assert stored(place.key) == {"note": "one"}


def test_changes_of_different_fields_merge_and_the_page_is_told(place: Place) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "3", page="desk"))

    saved = save_field(place.actor, place.key, a_change("C2.level", "2", page="phone"))

    assert {name: (change.value, change.revision) for name, change in saved.others.items()} == {"C1.level": ("3", 1)}
    assert stored(place.key) == {"C1.level": "3", "C2.level": "2"}


def test_an_older_change_of_the_same_field_is_refused_with_both_values(place: Place) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "3", page="desk"))

    with pytest.raises(Stale) as stale:
        save_field(place.actor, place.key, a_change("C1.level", "2", page="phone"))

    clash = stale.value.clash
    assert (clash.field, clash.yours, clash.theirs, clash.revision) == ("C1.level", "2", "3", 1)
    assert stored(place.key) == {"C1.level": "3"}


def test_the_one_who_chooses_the_older_text_has_it_and_both_are_in_the_history(place: Place) -> None:
    save_field(place.actor, place.key, a_change("note", "from the desk", page="desk"))

    save_field(place.actor, place.key, a_change("note", "from the phone", revision=1, page="phone"))

    values = [change.value for change in history_of(head_of(place.key).id, "note")["note"]]
    assert values == ["from the desk", "from the phone"]
    assert stored(place.key) == {"note": "from the phone"}


def test_a_level_can_be_cleared_again(place: Place) -> None:
    first = save_field(place.actor, place.key, a_change("C1.level", "3"))

    save_field(place.actor, place.key, a_change("C1.level", "", first.revision))

    assert stored(place.key) == {}


def test_a_level_takes_cannot_judge_back_and_its_reason_stays_as_typed(place: Place) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "cannot_judge"))
    save_field(place.actor, place.key, a_change("C1.cannot_judge", "It does not open.", 1))
    before = stored(place.key)

    save_field(place.actor, place.key, a_change("C1.level", "3", 2))

    assert before == {"C1.level": "cannot_judge", "C1.cannot_judge": "It does not open."}
    assert stored(place.key) == {"C1.level": "3", "C1.cannot_judge": "It does not open."}


def test_cannot_judge_takes_a_level_back_and_can_be_cleared(place: Place) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "3"))
    save_field(place.actor, place.key, a_change("C1.level", "cannot_judge", 1))
    unjudged = stored(place.key)

    save_field(place.actor, place.key, a_change("C1.level", "", 2))

    assert (unjudged, stored(place.key)) == ({"C1.level": "cannot_judge"}, {})


def test_the_view_of_the_whole_is_saved_and_can_be_changed(place: Place) -> None:
    save_field(place.actor, place.key, a_change("global_view", "fail"))
    save_field(place.actor, place.key, a_change("global_view", "borderline", 1))

    assert stored(place.key) == {"global_view": "borderline"}


def test_a_revision_from_the_future_is_refused(place: Place) -> None:
    with pytest.raises(Refused):
        save_field(place.actor, place.key, a_change("note", "x", revision=7))


@pytest.mark.parametrize(("field", "value"), [("C1.level", "9"), ("C99.level", "1"), ("note", "x" * 1_000_000)])
def test_what_the_sheet_cannot_hold_is_refused_and_nothing_is_kept(place: Place, field: str, value: str) -> None:
    with pytest.raises(Unacceptable):
        save_field(place.actor, place.key, a_change(field, value))

    assert head_of(place.key).revision == 0


def test_nobody_else_can_save_nor_learn_that_a_sheet_exists(place: Place) -> None:
    other = a_place(place.round_, None, place.portfolio)

    for who in (other.actor, GUEST):
        with pytest.raises(Refused) as refused:
            save_field(who, place.key, a_change("note", "x"))
        assert refused.value.refusal.hidden


def test_two_members_write_two_sheets(app: Flask) -> None:
    first, second = two_places()
    for at, each in enumerate((first, second), start=1):
        a_started_sheet(each.key)
        save_field(each.actor, each.key, a_change("C1.level", str(at)))

    assert (stored(first.key), stored(second.key)) == ({"C1.level": "1"}, {"C1.level": "2"})


def test_a_form_saves_what_changed_and_leaves_the_rest(place: Place) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "3", page="desk"))

    saved = form(place, {"C1.level": "", "C1.rationale": "Shown.", "note": ""}, revision=0, page="phone")

    assert (saved.clashes, saved.refused, saved.revision) == ((), {}, 2)
    assert stored(place.key) == {"C1.level": "3", "C1.rationale": "Shown."}


def test_a_form_holds_back_what_clashes_and_saves_the_rest(place: Place) -> None:
    save_field(place.actor, place.key, a_change("note", "desk", page="desk"))

    saved = form(place, {"note": "phone", "C2.level": "2"}, revision=0, page="phone")

    assert [(clash.field, clash.yours, clash.theirs) for clash in saved.clashes] == [("note", "phone", "desk")]
    assert stored(place.key) == {"note": "desk", "C2.level": "2"}


def test_a_form_supersedes_its_own_page_s_save_in_flight(place: Place) -> None:
    save_field(place.actor, place.key, a_change("note", "half a sen", page="p"))

    saved = form(place, {"note": "half a sentence, whole"}, revision=0, page="p")

    assert saved.clashes == ()
    assert stored(place.key) == {"note": "half a sentence, whole"}


def test_a_form_and_saves_of_single_fields_write_the_same(app: Flask) -> None:
    by_form, by_field = two_places()
    for each in (by_form, by_field):
        a_started_sheet(each.key)
    values = {
        "C1.level": "2",
        "C1.rationale": "Shown.",
        "C1.references": '[{"key":"aaaaaaaa","piece":"E01","page":1}]',
        "C1.confidence": "high",
        "C1.feedback": "Show the figures too.",
        "C2.level": "cannot_judge",
        "C2.cannot_judge": "It does not open.",
        "global_view": "pass",
        "note": "Look at C2.",
    }

    form(by_form, values, revision=0)
    for revision, (field, value) in enumerate(values.items()):
        save_field(by_field.actor, by_field.key, a_change(field, value, revision))
    written = stored(by_form.key), stored(by_field.key)
    form(by_form, dict.fromkeys(values, ""), revision=len(values), form_key="emptied")
    for revision, field in enumerate(values, len(values)):
        save_field(by_field.actor, by_field.key, a_change(field, "", revision))

    assert written == (values, values)
    assert (stored(by_form.key), stored(by_field.key)) == ({}, {})


def test_a_form_sent_twice_saves_once(place: Place) -> None:
    first = form(place, {"note": "once"}, revision=0)
    again = form(place, {"note": "once"}, revision=0)

    assert first.revision == again.revision == 1


def test_a_field_that_is_too_long_is_named_and_the_rest_is_saved(place: Place) -> None:
    saved = form(place, {"note": "x" * 30_000, "C1.level": "1"}, revision=0)

    assert list(saved.refused) == ["note"]
    assert stored(place.key) == {"C1.level": "1"}


@pytest.mark.parametrize("spoil", ["UPDATE sheet_save SET value = 'other'", "DELETE FROM sheet_save"])
def test_saves_are_never_changed_nor_removed(place: Place, spoil: str) -> None:
    save_field(place.actor, place.key, a_change("note", "kept"))

    with pytest.raises(DatabaseError, match="only added to"):
        reading().execute(text(spoil))
    reading().rollback()

    assert history_of(head_of(place.key).id)["note"][-1].value == "kept"


def test_a_save_once_it_is_submitted_is_refused_with_a_sentence(app: Flask) -> None:
    place = a_place(state="submitted")
    with pytest.raises(Refused) as refused:
        save_field(place.actor, place.key, a_change("note", "late"))

    assert "submitted" in refused.value.refusal.reason


def test_saves_at_once_from_real_connections_are_all_kept(place: Place, app: Flask) -> None:
    fields = [f"C{n}.{part}" for n in range(1, 5) for part in ("rationale", "feedback")]
    changes = [a_change(field, f"of {field}", page=field) for field in fields]

    answers = at_once(app, *(partial(save_field, place.actor, place.key, change) for change in changes))

    assert stored(place.key) == {field: f"of {field}" for field in fields}
    assert sorted(each.revision for each in answers if isinstance(each, Saved)) == list(range(1, len(fields) + 1))


def test_two_pages_that_change_one_field_at_once_both_keep_their_text(place: Place, app: Flask) -> None:
    changes = [a_change("note", f"of {page}", page=page) for page in ("desk", "phone")]

    answers = at_once(app, *(partial(save_field, place.actor, place.key, change) for change in changes))

    (stale,) = [answer for answer in answers if isinstance(answer, Stale)]
    assert {stale.clash.yours, stale.clash.theirs} == {"of desk", "of phone"}
    assert stored(place.key) == {"note": stale.clash.theirs}
