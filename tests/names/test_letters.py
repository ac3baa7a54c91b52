"""Letters: one plain spelling for all scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.names.letters import plain, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wei-Ling  TAN", "wei ling tan"),
        ("O’Brien", "obrien"),
        ("王伟", "wang wei"),
        ("Ｆｉｏｎａ", "fiona"),
        ("ß–Ž", "ss z"),
    ],
)
def test_plain_spelling_of_all_scripts(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_plain_spelling_is_latin_and_stable(text: str) -> None:
    spelt = plain(text)

    assert spelt.isascii()
    assert plain(spelt) == spelt


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    places = [(word.start, word.end) for word in words(text)]

    assert places == sorted(places)
    assert all(text[start:end] for start, end in places)


def test_words_split_ideographs_and_pass_over_what_has_no_latin_spelling() -> None:
    assert [word.plain for word in words("Tan 王伟 𪨣 wei_ling")] == ["tan", "wang", "wei", "wei", "ling"]
