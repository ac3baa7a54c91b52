"""Pure rules of accounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.accounts.rules import (
    PERSON,
    PersonAct,
    PersonState,
    browser_of,
    is_made_of,
    normalised,
    password_refusal,
)
from panel_app.foundation.states import NotFromHere, ReasonMissing

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@given(st.emails())
def test_normalising_twice_is_as_once_and_ignores_case_and_outer_spaces(address: str) -> None:
    assert normalised(normalised(address)) == normalised(f"  {address.upper()} ") == normalised(address)


def test_two_letters_that_fold_alike_stay_two_mailboxes() -> None:
    assert normalised("strasse@example.org") != normalised("straße@example.org")
    assert normalised("fig+panel@example.org") != normalised("fig@example.org")


@given(st.text(min_size=8, max_size=128).filter(lambda text: len(set(text.casefold())) >= 3))
def test_every_password_of_8_to_128_signs_is_taken_unless_it_is_listed(password: str) -> None:
    assert password_refusal(password, frozenset(), ()) is None
    assert password_refusal(password, {password.casefold()}, ()) is not None


@given(st.text(max_size=7))
def test_shorter_password_is_refused_with_the_least_length(password: str) -> None:
    assert str(password_refusal(password, (), ())) == "Use at least 8 letters, digits or signs."


def test_password_beyond_any_use_is_refused_with_the_most_length() -> None:
    assert str(password_refusal("abc" * 334, (), ())) == "Use at most 1000 letters, digits or signs."


@pytest.mark.parametrize(("password", "word", "refused"), [
    ("Panel2027", "panel", True),
    ("pa-nel-2027", "Panel", True),
    ("panelled doors", "panel", False),
    ("12345679", "example2", False),
])  # fmt: skip
def test_own_word_is_seen_through_digits_and_signs_and_not_within_other_words(
    password: str, word: str, refused: bool
) -> None:
    assert (password_refusal(password, (), [word]) is not None) is refused


@given(st.lists(st.sampled_from(["aaa", "aaaa", "ab", "panel"]), min_size=1, max_size=250))
def test_words_in_a_row_are_seen_at_once_however_they_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    is_made = text in ("aaa", "aaaa", "ab", "panel") or "ab" not in parts

    assert is_made_of(text, {"aaa", "aaaa", "ab", "panel"}) is is_made
    assert not is_made_of(text + "b" * 3, {"aaa", "aaaa", "panel"})
    assert not is_made_of("", {"aaa"})


def test_every_pair_outside_the_table_of_accounts_is_refused() -> None:
    outside = [(state, act) for state, act in PERSON.pairs() if (state, act) not in PERSON.moves]

    for state, act in outside:
        with pytest.raises(NotFromHere):
            PERSON.after(act, state)
    assert len(outside) == 16 - len(PERSON.moves)
    assert PERSON.ends == {PersonState.ERASED}


@pytest.mark.parametrize("act", [PersonAct.DEACTIVATE, PersonAct.REACTIVATE, PersonAct.ERASE])
def test_closing_opening_and_erasing_need_a_reason(act: PersonAct) -> None:
    with pytest.raises(ReasonMissing):
        PERSON.reason(act, "  ")


@pytest.mark.parametrize(("agent", "named"), [
    (FIREFOX, ("Firefox", "Linux")),
    (EDGE, ("Edge", "Windows")),
    ("curl/8", ("", "")),
])  # fmt: skip
def test_browser_and_system_are_read_from_the_header(agent: str, named: tuple[str, str]) -> None:
    assert browser_of(agent) == named
