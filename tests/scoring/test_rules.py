"""What may stand in a sheet, what is missing, and how two versions meet."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.scoring.rules.completeness import Scale, done, is_begun, is_complete, least_feedback, missing
from panel_app.scoring.rules.fields import (
    GLOBAL_VIEW,
    MOST_LETTERS,
    NOTE,
    UNJUDGED,
    Part,
    SheetField,
    Unacceptable,
    accepted,
    field_named,
    fields_of,
    tidy,
)
from panel_app.scoring.rules.merging import Change, Meeting, form_meeting, meeting

SCALE = Scale("C1", (1, 2, 3, 4))
WHOLE = {
    "C1.level": "3", "C1.rationale": "Shown.", "C1.confidence": "fair", "C1.feedback": "x" * 40, "global_view": "pass",
}  # fmt: skip


def test_a_sheet_has_six_fields_a_criterion_one_view_of_the_whole_and_one_note() -> None:
    names = [field.name for field in fields_of(["C1"])]

    assert names == [
        "C1.level", "C1.cannot_judge", "C1.rationale", "C1.references", "C1.confidence", "C1.feedback",
        "global_view", "note",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["C9.level", "C1.points", "C1", "", "note.level", "C1.level.x"])
def test_a_field_of_another_rubric_is_refused(name: str) -> None:
    with pytest.raises(Unacceptable):
        field_named(name, ["C1", "C2"])


@pytest.mark.parametrize("value", ["0", "5", "2.5", "-1", "three", "٣"])
def test_a_level_outside_the_rubric_is_refused(value: str) -> None:
    with pytest.raises(Unacceptable):
        accepted(SheetField("C1", Part.LEVEL), value, (1, 2, 3, 4))


def test_an_empty_level_and_confidence_take_back_what_was_there() -> None:
    assert accepted(SheetField("C1", Part.LEVEL), " ", (1, 2)) == ""
    assert accepted(SheetField("C1", Part.CONFIDENCE), "", ()) == ""


def test_a_confidence_that_is_none_is_refused() -> None:
    with pytest.raises(Unacceptable):
        accepted(SheetField("C1", Part.CONFIDENCE), "certain", ())


def test_a_text_of_a_megabyte_is_refused_with_the_number_that_fits() -> None:
    with pytest.raises(Unacceptable) as refusal:
        accepted(NOTE, "x" * 1_000_000, ())

    assert refusal.value.sentence.params == {"n": 1_000_000, "most": MOST_LETTERS}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tand\x00nul\x1b", "tab\tandnul"),
        ("שלום 🙂 \u200fé", "שלום 🙂 \u200fé"),
        ("half \ud800 of a pair", "half  of a pair"),
        ("word\u2028processor\x0bbreak", "word\nprocessor\nbreak"),
        ("  kept as typed  ", "  kept as typed  "),
    ],
)
def test_texts_keep_everything_but_controls(typed: str, stored: str) -> None:
    assert accepted(NOTE, typed, ()) == stored


@given(st.text())
def test_tidying_twice_is_as_tidying_once_and_can_be_stored(text: str) -> None:
    once = tidy(text)

    assert tidy(once) == once
    assert once.encode().decode() == once


def test_an_empty_sheet_lacks_everything_and_nothing_is_a_zero() -> None:
    gaps = missing({}, [SCALE])

    assert [gap.field for gap in gaps] == [
        "C1.level", "C1.rationale", "C1.confidence", "global_view",
    ]  # fmt: skip
    assert str(gaps[0].sentence) == "C1: choose a level, or say that you can't judge it."
    assert str(gaps[-1].sentence) == "Say what you think of the portfolio as a whole."


def test_a_whole_criterion_lacks_nothing() -> None:
    assert missing(WHOLE, [SCALE]) == ()
    assert done(WHOLE, [SCALE]) == ("C1",)
    assert is_complete(WHOLE, [SCALE])


def test_the_top_level_needs_no_feedback_and_the_one_below_does() -> None:
    top = {**WHOLE, "C1.level": "4", "C1.feedback": ""}

    assert missing(top, [SCALE]) == ()
    assert [gap.field for gap in missing({**top, "C1.level": "3"}, [SCALE])] == ["C1.feedback"]


@pytest.mark.parametrize(("letters", "gaps"), [(39, 1), (40, 0)])
def test_feedback_is_counted_without_blanks_around_it(letters: int, gaps: int) -> None:
    values = {**WHOLE, "C1.feedback": f"  {'x' * letters}\n"}

    assert len(missing(values, [SCALE])) == gaps


@pytest.mark.parametrize(("tolerances", "lacks"), [({}, True), ({"scoring.feedback_letters": "3"}, False)])
def test_least_feedback_is_what_the_round_says(tolerances: dict[str, str], lacks: bool) -> None:
    scale = replace(SCALE, feedback_letters=least_feedback(tolerances))

    gaps = missing({**WHOLE, "C1.feedback": "abc"}, [scale])

    assert [gap.field for gap in gaps] == ["C1.feedback"] * lacks


def test_cannot_judge_with_a_reason_may_be_submitted_but_is_incomplete() -> None:
    values = {"C1.level": UNJUDGED, "C1.cannot_judge": "The file does not open.", "global_view": "fail"}

    assert missing(values, [SCALE]) == ()
    assert not is_complete(values, [SCALE])


def test_cannot_judge_needs_its_reason_and_a_reason_alone_is_no_choice() -> None:
    unsaid = missing({**WHOLE, "C1.level": UNJUDGED}, [SCALE])
    unchosen = missing({**WHOLE, "C1.level": "", "C1.cannot_judge": "It does not open."}, [SCALE])

    assert [str(gap.sentence) for gap in unsaid] == ["C1: say why you can't judge it."]
    assert [gap.field for gap in unchosen] == ["C1.level"]


def test_a_view_of_the_whole_that_is_none_is_refused() -> None:
    assert accepted(GLOBAL_VIEW, "borderline", ()) == "borderline"
    with pytest.raises(Unacceptable):
        accepted(GLOBAL_VIEW, "refer", ())


def test_a_criterion_is_begun_when_anything_stands_in_it() -> None:
    assert is_begun({"C1.rationale": "x"}, SCALE)
    assert not is_begun({"C1.rationale": " ", "C10.rationale": "x"}, SCALE)


OTHERS = [Change(1, "p", "old"), Change(4, "q", "theirs")]


def test_a_change_that_saw_the_newest_is_taken() -> None:
    assert meeting("mine", 4, "p", OTHERS) is Meeting.TAKE
    assert meeting("mine", 0, "p", []) is Meeting.TAKE


def test_a_change_that_did_not_see_anothers_clashes() -> None:
    assert meeting("mine", 1, "p", OTHERS) is Meeting.CLASH


def test_equal_texts_never_clash() -> None:
    assert meeting("theirs", 1, "p", OTHERS) is Meeting.TAKE


def test_a_page_never_clashes_with_its_own_save_whose_answer_was_lost() -> None:
    history = [Change(1, "p", "a"), Change(2, "p", "ab")]

    assert meeting("abc", 1, "p", history) is Meeting.TAKE
    assert form_meeting("abc", 0, "p", history) is Meeting.TAKE


def test_a_form_field_that_was_not_touched_leaves_the_newer_value() -> None:
    assert form_meeting("old", 1, "r", OTHERS) is Meeting.LEAVE
    assert form_meeting("", 0, "r", OTHERS) is Meeting.LEAVE


def test_a_form_field_that_was_touched_clashes_with_a_newer_value() -> None:
    assert form_meeting("mine", 1, "r", OTHERS) is Meeting.CLASH


def test_a_form_that_holds_what_its_page_saved_before_another_did_clashes() -> None:
    history = [Change(5, "p", "x"), Change(6, "q", "y")]

    assert form_meeting("x", 0, "p", history) is Meeting.CLASH


def test_a_form_that_goes_back_to_what_it_began_with_is_a_change() -> None:
    history = [Change(1, "o", "a"), Change(2, "p", "b")]

    assert form_meeting("a", 1, "p", history) is Meeting.TAKE
