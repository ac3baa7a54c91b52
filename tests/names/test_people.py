"""Names of people: what counts as the same name, what only may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.names import Likeness, PersonName, normal_name, parts, same_name
from panel_app.names.people import are_nicknames, nicknames

NAMES = st.one_of(
    st.lists(
        st.sampled_from(["Wei", "Ling", "Tan", "Bob", "Robert", "R.", "Müller", "王", "van", "Dr."]), max_size=4
    ).map(" ".join),
    st.text(max_size=20),
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Wei-Ling Tan", "Tan, Wei Ling"),
        ("Weiling Tan", "Wei Ling Tan"),
        ("Dr. Jane O’Brien, PhD", "O'Brien, Jane"),
        ("Jörg Müller", "Jorg Muller"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Søren Dahl", "Soeren Dahl"),
        ("王伟", "Wei Wang"),
        ("Иван Петров", "ivan PETROV"),
        ("ﬁona Hart", "Fiona Hart"),
        ('William "Bill" Hart', "Bill Hart"),
        ("Cher", "cher"),
    ],
)
def test_names_are_the_same_when_only_spelling_conventions_differ(a: str, b: str) -> None:
    assert same_name(a, b).likeness is Likeness.EXACT


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Wei-Ling Tan", "Tan Wei Ling", "in another order"),
        ("王伟", "Wang Wei", "in another order"),
        ("Ana Ruth Lima", "Ruth Ana Lima", "in another order"),
        ("Bob Hart", "Robert Hart", "a short form, an initial"),
        ("R. Hart", "Robert Hart", "a short form, an initial"),
        ("W. L. Tan", "Wei Ling Tan", "a short form, an initial"),
        ("Anna Maria Schmidt", "Anna Schmidt", "a name left out"),
        ("Anna Schmidt-Maier", "Anna Schmidt", "a name left out"),
        ("Katharina Lehmann", "Katherina Lehmann", "differ by one letter"),
    ],
)
def test_names_are_likely_the_same_and_say_why(a: str, b: str, why: str) -> None:
    match = same_name(a, b)

    assert match.likeness is Likeness.LIKELY
    assert why in str(match)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Maria Garcia", "Maria Lopez"),
        ("Anna M.", "Anna Maria Schmidt"),
        ("Hart", "Robert Hart"),
        ("Jo Li", "Jo Lu"),
        ("R. Hart", "Anna Hart"),
        ("Katharina Lehmann", "Katharina Lehmacher"),
        ("", "Robert Hart"),
        ("...", "..."),
    ],
)
def test_different_or_empty_names_are_no_match(a: str, b: str) -> None:
    match = same_name(a, b)

    assert match.likeness is Likeness.NONE
    assert not match


def test_match_explains_itself_with_both_names_as_written() -> None:
    assert str(same_name("Bob Hart", "Ana Lima")) == "“Bob Hart” and “Ana Lima” are different names."
    assert str(same_name("", "Ana Lima")) == "One of the names is empty."


@given(NAMES, NAMES)
def test_likeness_does_not_depend_on_the_order_of_asking(a: str, b: str) -> None:
    assert same_name(a, b).likeness is same_name(b, a).likeness


@given(NAMES)
def test_name_with_any_letters_equals_itself_in_capitals_and_with_a_title(name: str) -> None:
    if parts(name).all:
        assert same_name(name, name).likeness is Likeness.EXACT


def test_parts_leave_titles_and_degrees_out() -> None:
    assert parts("Prof. Dr. Wei-Ling Tan, PhD") == PersonName(("wei", "ling"), ("tan",))
    assert normal_name("TAN, Wei-Ling") == "wei ling tan"


def test_pet_forms_are_known_both_ways() -> None:
    assert are_nicknames("bob", "robert")
    assert are_nicknames("robert", "bob")
    assert not are_nicknames("robert", "anna")
    assert {"bob", "rob"} <= nicknames("robert")
    assert "robert" in nicknames("bob")
