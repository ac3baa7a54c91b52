"""Rules of the panel: lines of former organisations, capacity, declarations."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.states import NotFromHere
from panel_app.panel.rules import (
    DECLARATION,
    MOST_CAPACITY,
    DeclarationAct,
    DeclarationState,
    Former,
    UnreadableLine,
    capacity_refusal,
    former_organisations,
    former_text,
    lines,
)


def test_lines_are_kept_once_in_order_without_blanks() -> None:
    assert lines("  Wort  Ling Tansy \n\nOat Tansy\r\nWort Ling Tansy\n") == ("Wort Ling Tansy", "Oat Tansy")


def test_a_former_organisation_is_a_name_a_comma_and_a_day() -> None:
    found = former_organisations("Harbour, Lights & Sons, 2025-06-30\n\nNorth Pier , 2024-01-31")

    assert found == (Former("Harbour, Lights & Sons", date(2025, 6, 30)), Former("North Pier", date(2024, 1, 31)))


@pytest.mark.parametrize("line", ["Harbour Lights", "Harbour Lights, June 2025", ", 2025-06-30", "Harbour, 2025-02-30"])
def test_a_line_without_a_last_day_says_what_to_write(line: str) -> None:
    with pytest.raises(UnreadableLine) as refused:
        former_organisations(f"North Pier, 2024-01-31\n{line}")

    assert line.strip() in str(refused.value.sentence)
    assert "2025-06-30" in str(refused.value.sentence)


names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@given(st.lists(st.builds(Former, names, st.dates(date(1970, 1, 1), date(2100, 1, 1))), unique=True, max_size=5))
def test_former_organisations_read_back_as_they_were_written(known: list[Former]) -> None:
    assert former_organisations(former_text(known)) == tuple(known)


@given(st.integers(-5, MOST_CAPACITY + 5), st.integers(0, MOST_CAPACITY))
def test_a_capacity_is_taken_from_the_load_up_to_the_most(capacity: int, load: int) -> None:
    assert (capacity_refusal(capacity, load) is None) == (load <= capacity <= MOST_CAPACITY)


def test_a_capacity_below_the_load_names_the_load() -> None:
    assert "3 portfolios" in str(capacity_refusal(2, 3))


def test_a_withdrawn_declaration_is_not_withdrawn_again() -> None:
    assert DECLARATION.after(DeclarationAct.WITHDRAW, DeclarationState.STANDING) is DeclarationState.WITHDRAWN
    with pytest.raises(NotFromHere):
        DECLARATION.after(DeclarationAct.WITHDRAW, DeclarationState.WITHDRAWN)
