"""Words can be read in both palettes; the source of the figures is WCAG 2.2, 1.4.3 and 1.4.11."""

import pytest

from tests.look.contrast import contrast, palette

TEXT = [
    *[(tone, f"{tone}-soft") for tone in ("good", "wait", "bad", "note", "accent")],
    *[(tone, "sheet") for tone in ("good", "wait", "bad", "note", "accent")],
    *[("ink", ground) for ground in ("paper", "sheet", "sunk", "mark", "accent-soft")],
    *[("ink", f"{tone}-soft") for tone in ("good", "wait", "bad", "note")],
    *[("ink-2", ground) for ground in ("paper", "sheet", "sunk")],
    *[("accent", ground) for ground in ("paper", "sunk")],
    ("accent-ink", "accent"), ("accent-ink", "accent-strong"), ("bad-ink", "bad"),
]  # fmt: skip
EDGES = [("edge", "sheet"), ("edge", "paper"), ("accent", "sheet"), ("accent", "paper"), ("bad", "sheet")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_words_stand_out_from_their_ground(words: str, ground: str, scheme: str) -> None:
    colours = palette(scheme)

    found = contrast(colours[words], colours[ground])

    assert found >= 4.5, f"{words} on {ground} in {scheme}: {found:.2f}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_stand_out_from_their_ground(edge: str, ground: str, scheme: str) -> None:
    colours = palette(scheme)

    found = contrast(colours[edge], colours[ground])

    assert found >= 3, f"{edge} on {ground} in {scheme}: {found:.2f}"


def test_contrast_is_that_of_the_standard() -> None:
    assert (contrast("#000000", "#ffffff"), contrast("#777777", "#ffffff")) == pytest.approx((21.0, 4.48), abs=0.01)
