"""Where a line may end."""

import pytest
from markupsafe import Markup

from panel_app.foundation.web.typeset import whole


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("shows PSF-6, C4", 'shows <span class="whole">PSF-6</span>, C4'),
        ("Late conflict on CPAP-26A-W9TD", 'Late conflict on <span class="whole">CPAP-26A-W9TD</span>'),
        ("a well-known e-mail", "a well-known e-mail"),
        ("https://example.org/PSF-6", "https://example.org/PSF-6"),
        ("CPAP-RESUBMISSIONS-2027-K7Q2", "CPAP-RESUBMISSIONS-2027-K7Q2"),
        ("tamsin@sextant.example.org", "tamsin@<wbr>sextant<wbr>.example<wbr>.org"),
        ("(tamsin@sextant.org)", "(tamsin@<wbr>sextant<wbr>.org)"),
        (7, "7"),
    ],
)
def test_codes_stay_whole_and_addresses_break_at_their_signs(text: object, written: str) -> None:
    assert whole(text) == Markup(written)


def test_text_is_escaped_and_markup_is_left_alone() -> None:
    assert whole("<b>PSF-1</b>&") == Markup('&lt;b&gt;<span class="whole">PSF-1</span>&lt;/b&gt;&amp;')
    assert whole("<i>@a.b") == Markup("&lt;i&gt;@a.b")
    assert whole(Markup("<b>PSF-1</b>")) == Markup("<b>PSF-1</b>")


@pytest.mark.parametrize("word", ["a" * 100_000, "A-" * 50_000, "a@" + "b" * 100_000])
def test_a_word_without_an_end_costs_no_more_than_its_length(word: str) -> None:
    assert whole(word) == Markup(word)  # seconds for each ten thousand letters if each began a search to the end
