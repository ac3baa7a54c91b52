"""Organisations: legal forms and punctuation make no difference, other words do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.names import Likeness, normal_organisation, same_organisation


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Acme Ltd", "ACME, Limited"),
        ("The Acme Company Inc.", "Acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Société Générale S.A.", "Societe Generale"),
        ("Hart & Sons", "Hart and Sons Ltd."),
        ("Acme (UK) Ltd", "Acme"),
        ("AB", "A.B."),
        ("North-Wind", "Northwind plc"),
    ],
)
def test_organisations_are_the_same_when_only_legal_form_and_punctuation_differ(a: str, b: str) -> None:
    assert same_organisation(a, b).likeness is Likeness.EXACT


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("NSF", "National Safety Forum Ltd", "short and long form"),
        ("National Safety Forum", "NSF", "short and long form"),
        ("Northwind Traders", "Northwind Trader", "spelt almost alike"),
        ("University of Northwind", "Northwind, University of", "spelt almost alike"),
    ],
)
def test_organisations_are_likely_the_same_and_say_why(a: str, b: str, why: str) -> None:
    match = same_organisation(a, b)

    assert match.likeness is Likeness.LIKELY
    assert why in str(match)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Bank", "Bank of Northwind", "“Bank” and “Bank of Northwind” are different organisations."),
        ("", "Acme", "One of the organisations is empty."),
        ("---", "---", "One of the organisations is empty."),
    ],
)
def test_different_or_empty_organisations_are_no_match(a: str, b: str, why: str) -> None:
    match = same_organisation(a, b)

    assert not match
    assert str(match) == why


@given(st.text(max_size=30))
def test_normal_form_is_stable_and_hides_no_letters(name: str) -> None:
    normal = normal_organisation(name)

    assert bool(normal) == bool(same_organisation(name, name))


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_does_not_depend_on_the_order_of_asking(a: str, b: str) -> None:
    assert same_organisation(a, b).likeness is same_organisation(b, a).likeness
