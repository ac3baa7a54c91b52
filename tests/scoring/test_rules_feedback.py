"""What feedback must be before a sheet is submitted."""

import pytest

from panel_app.scoring.rules.completeness import Scale, missing
from panel_app.scoring.rules.feedback import Writer

DESCRIPTOR = "Detects misuse within a day, and shows who acted on the alert and what changed after it."
SCALES = [Scale("C1", (1, 2, 3, 4), descriptors=(DESCRIPTOR,)), Scale("C2", (1, 2, 3, 4))]
OWN = "Your releases are well shown. Add how often the fallback was used, and what it cost."
OTHER = "The rota answers its alerts. Show one that was missed, and what you changed because of it."
WRITER = Writer("Edda Fenwright-Osei", ("edda@lab.example.org",), "CPAP-27A-K7Q3")


def said(first: str, second: str = OTHER, level: str = "3", why: str = "Because of E02.") -> list[str]:
    """What is said of a sheet of two criteria with this feedback."""
    values = {"global_view": "pass"}
    for code, text in (("C1", first), ("C2", second)):
        values |= {f"{code}.level": level, f"{code}.confidence": "fair", f"{code}.feedback": text}
    values |= {"C1.rationale": "Shown in E01.", "C2.rationale": why}
    return [str(gap.sentence) for gap in missing(values, SCALES, WRITER)]


def test_own_words_about_this_work_pass() -> None:
    assert said(OWN) == []


@pytest.mark.parametrize("text", [DESCRIPTOR, f"“{DESCRIPTOR.upper()}”", f"Well: {DESCRIPTOR} So."])
def test_a_copy_of_a_descriptor_is_no_feedback(text: str) -> None:
    assert said(text) == ["C1: this is what the level says already. Say what this portfolio shows, and what it lacks."]


def test_a_descriptor_with_enough_of_ones_own_around_it_passes() -> None:
    assert said(f"{DESCRIPTOR} What is missing here is the second half of that: who acted in March.") == []


@pytest.mark.parametrize("copy", [OWN, OWN.replace(".", " …").upper()])
def test_the_same_text_for_two_criteria_is_refused_at_the_second(copy: str) -> None:
    assert said(OWN, copy) == [
        "C2: this is the same text as elsewhere on the sheet. Say what holds for this criterion."
    ]


def test_the_reason_of_another_criterion_is_no_feedback_but_ones_own_may_be() -> None:
    assert len(said(OWN, why=OWN)) == 1
    assert said(OWN, second=OTHER, why=OTHER) == []


def test_short_and_equal_praise_at_the_top_level_is_left_alone() -> None:
    assert said("Well done.", "Well done.", level="4") == []


@pytest.mark.parametrize("name", ["Edda Fenwright-Osei", "Fenwright-Osei, Edda", "edda@LAB.example.org"])
def test_feedback_that_names_its_writer_is_refused(name: str) -> None:
    assert said(f"{OWN} Ask {name} for more.") == [
        "C1: the feedback names you. Take that out: candidates don't learn who."
    ]


def test_a_word_that_is_only_part_of_the_writers_name_passes() -> None:
    assert said(f"{OWN} Edda tales are no evidence.") == []


def test_feedback_that_names_another_portfolio_is_refused_and_its_own_reference_passes() -> None:
    assert said(f"{OWN} Compare CPAP-27A-K7Q3, evidence CPAP-27A-K7Q3-E02, and PSF-1.") == []
    assert said(f"{OWN} CPAP-27A-WX4T does this better.") == [
        "C1: the feedback names CPAP-27A-WX4T, which is another portfolio. Take that out."
    ]
