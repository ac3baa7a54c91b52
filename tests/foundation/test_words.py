"""Sentences of pure rules keep template and values apart."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.saying import say
from panel_app.foundation.words import N_, Sentence, counting, sentence


def test_marker_returns_its_text_unchanged() -> None:
    assert N_("Ends soon.") == "Ends soon."


def test_sentence_prints_its_english_with_the_values_in_place() -> None:
    ends = sentence(N_("%(who)s ends on %(day)s."), who="CPAP", day=3)

    assert str(ends) == "CPAP ends on 3."
    assert (ends.template, dict(ends.params)) == ("%(who)s ends on %(day)s.", {"who": "CPAP", "day": 3})


def test_sentence_without_values_keeps_a_percent_sign() -> None:
    assert str(Sentence("The larger of 10 % and five.")) == "The larger of 10 % and five."


@given(st.dictionaries(st.sampled_from("abc"), st.text(), min_size=1))
def test_equal_sentences_have_equal_hashes(params: dict[str, str]) -> None:
    template = " ".join(f"%({name})s" for name in params)

    one, other = sentence(template, **params), sentence(template, **dict(reversed(params.items())))

    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(("days", "text"), [(0, "0 days of CPAP"), (1, "1 day of CPAP"), (2, "2 days of CPAP")])
def test_number_chooses_the_form_of_its_noun_in_english_and_for_the_reader(app: Flask, days: int, text: str) -> None:
    left = counting("%(num)s day of %(code)s", "%(num)s days of %(code)s", days, code="CPAP")

    with app.test_request_context():
        assert (str(left), say(left)) == (text, text)
