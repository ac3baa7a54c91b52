"""Which passwords are taken: none of the known ones, none that is made of words that others can guess."""

import pytest
from flask import Flask
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from panel_app.accounts.services.passwords import own_words_of, refusal_of
from panel_app.demo.builders.accounts import a_person
from tests.accounts.kinds import Visit, sure

MANY = "Many people use this password, so it is tried first. Choose another."
GUESSED = "This is a name that others can guess. Choose a password without it."


def test_the_three_thousand_most_common_ones_that_are_long_enough_are_refused(app: Flask) -> None:
    long_enough = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= 8][:3000]

    taken = [word for word in long_enough if str(refusal_of(word)) != MANY]

    assert len(long_enough) == 3000
    assert taken == []


def test_common_password_is_refused_however_it_is_written(app: Flask) -> None:
    assert [str(refusal_of(each)) for each in ("password", "PASSWORD", "BaseBall", "trustno1")] == [MANY] * 4


@pytest.mark.parametrize("password", [
    "fig.primrose@lantern-freight.example.org", "Figprimrose1", "primrose-fig-2027", "lanternfreight", "LanternFig!",
    "panelpanel", "Panel.App.2027", "portfolio assessment", "localhost9",
])  # fmt: skip
def test_password_of_own_address_name_or_product_is_refused(app: Flask, password: str) -> None:
    fig = a_person("Fig Primrose", "fig.primrose@lantern-freight.example.org")

    assert str(refusal_of(password, *own_words_of(sure(fig.person_id)))) == GUESSED


@pytest.mark.parametrize(
    "password", ["three grey herons", "figs and primroses", "a panel of oak", "lantern seven moss"]
)
def test_sentence_that_only_touches_such_words_is_taken(app: Flask, password: str) -> None:
    fig = a_person("Fig Primrose", "fig.primrose@lantern-freight.example.org")

    assert refusal_of(password, *own_words_of(sure(fig.person_id))) is None


def test_page_says_why_and_takes_another(visit: Visit) -> None:
    fig = visit(a_person("Fig Primrose", "fig@lantern.example.org", password="three grey herons"))

    common = fig.post("/account/password", 422, present="three grey herons", password="iloveyou123")
    own = fig.post("/account/password", 422, present="three grey herons", password="lantern-fig-1")
    good = fig.post("/account/password", present="three grey herons", password="four grey herons")

    assert (common.errors, own.errors) == ([MANY], [GUESSED])
    assert "Your password is changed." in good.text
