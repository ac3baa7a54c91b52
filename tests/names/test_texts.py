"""Names in texts: whole names in any script and order, short forms with a capital."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.names import Found, Likeness, names_in_text


def test_found_name_tells_where_and_how_it_is_written() -> None:
    text = "With thanks to Tan Wei-Ling."

    assert names_in_text(text, ["Wei-Ling Tan"]) == (Found("Wei-Ling Tan", Likeness.EXACT, "Tan Wei-Ling", 15, 27),)


@pytest.mark.parametrize(
    ("text", "name", "likeness"),
    [
        ("wei_ling_tan_cv.pdf", "Wei-Ling Tan", Likeness.EXACT),
        ("HART, Robert", "Robert Hart", Likeness.EXACT),
        ("经理王伟说", "Wei Wang", Likeness.EXACT),
        ("Joerg Mueller agreed.", "Jörg Müller", Likeness.EXACT),
        ("Bobby Hart agreed.", "Robert Hart", Likeness.LIKELY),
        ("R. Hart agreed.", "Robert Hart", Likeness.LIKELY),
        ("W. L. Tan agreed.", "Wei Ling Tan", Likeness.LIKELY),
        ("Anna Schmidt agreed.", "Anna Maria Schmidt", Likeness.LIKELY),
    ],
)
def test_name_is_found_in_other_spellings_and_short_forms(text: str, name: str, likeness: Likeness) -> None:
    assert [hit.likeness for hit in names_in_text(text, [name])] == [likeness]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a tan jacket", "Anna Tan"),
        ("Robert Hartmann agreed.", "Robert Hart"),
        ("Robert agreed. Anna Hart too.", "Robert Hart"),
        ("Cher sang.", "Cher"),
        ("", "Robert Hart"),
    ],
)
def test_other_words_and_single_names_are_not_taken_for_a_person(text: str, name: str) -> None:
    assert names_in_text(text, [name]) == ()


def test_hits_come_in_order_of_place_and_longest_form_wins() -> None:
    found = names_in_text("Ana Lima met Robert Hart and R. Hart.", ["Robert Hart", "Ana Lima"])

    assert [(hit.name, hit.words) for hit in found] == [
        ("Ana Lima", "Ana Lima"),
        ("Robert Hart", "Robert Hart"),
        ("Robert Hart", "R. Hart"),
    ]


@given(st.text(), st.text())
def test_planted_name_is_always_found_whatever_stands_around_it(before: str, after: str) -> None:
    text = f"{before} Robert Hart {after}"

    found = names_in_text(text, ["Robert Hart"])

    assert any(hit.words == "Robert Hart" and hit.likeness is Likeness.EXACT for hit in found)
    assert all(text[hit.start : hit.end] == hit.words for hit in found)
