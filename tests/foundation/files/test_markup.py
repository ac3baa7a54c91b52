"""The sanitiser: nothing that acts, fetches or hides comes out, and plain texts come out as they are meant."""

import base64
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.files.markup import clean_document, clean_html, fragment_of, render_markdown, whole_page
from tests.foundation.files import samples
from tests.foundation.files.corpus import payloads

# Written out, not imported: the list of what a text may become is what is tested.
ALLOWED = {
    "p": set(),
    "br": set(),
    "hr": set(),
    "h3": set(),
    "h4": set(),
    "h5": set(),
    "h6": set(),
    "strong": set(),
    "em": set(),
    "s": set(),
    "sup": set(),
    "sub": set(),
    "code": set(),
    "pre": set(),
    "blockquote": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "a": {"href", "rel"},
}
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?:[/?#]\S*)?|mailto:[^\s,?&]+@[a-z0-9.-]+", re.IGNORECASE)


class Findings(HTMLParser):
    """Lists what isn't allowed in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ALLOWED.get(tag)
        if names is None:
            self.bad.append(f"<{tag}>")
        for name, value in attrs:
            if name not in (names or set()):
                self.bad.append(f"<{tag} {name}>")
            if name == "href" and not ADDRESS.fullmatch(value or ""):
                self.bad.append(f"href {value!r}")
            if name == "rel" and value != "noopener nofollow":
                self.bad.append(f"rel {value!r}")

    def handle_comment(self, data: str) -> None:
        self.bad.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.bad.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.bad.append("instruction")


def findings(shown: str) -> list[str]:
    parser = Findings()
    parser.feed(shown)
    parser.close()
    return parser.bad


CORPUS = list(dict.fromkeys(payloads()))


def test_the_corpus_is_large_and_hostile() -> None:
    assert len(CORPUS) >= 200
    assert sum(1 for payload in CORPUS if findings(payload)) >= 200


def test_nothing_outside_the_list_comes_out_of_markdown() -> None:
    bad = {payload: found for payload in CORPUS if (found := findings(render_markdown(payload)))}

    assert bad == {}


def test_nothing_outside_the_list_comes_out_of_html() -> None:
    bad = {payload: found for payload in CORPUS if (found := findings(clean_html(payload)))}

    assert bad == {}


def test_nothing_but_pictures_of_ours_is_added_for_documents() -> None:
    bad = {
        payload: found for payload in CORPUS if set(found := findings(clean_document(payload))) - {"<img>", "<img alt>"}
    }

    only_good = {payload for payload in bad if "data:image/png;base64,AAAA" not in payload}
    assert only_good == set()


def test_cleaning_twice_changes_nothing() -> None:
    for payload in CORPUS:
        once = render_markdown(payload)
        assert clean_html(once) == once


@given(
    st.text(alphabet=st.sampled_from("<>&\"'`[]()!#*_~|\\/:;=-\n\t ascript:onhref&#x0;imgsv\x00\u2028é"), max_size=60)
)
def test_no_text_gets_anything_past_the_list(text: str) -> None:
    assert findings(render_markdown(text)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "# Title\n\nWords **bold** *soft* ~~gone~~ `code`",
            "<h3>Title</h3>\n<p>Words <strong>bold</strong> <em>soft</em> <s>gone</s> <code>code</code></p>\n",
        ),
        ("###### Deep", "<h6>Deep</h6>\n"),
        ("Title\n---\n", "<h4>Title</h4>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>\n'),
        (
            "[x](https://example.org/a?b=c#d)",
            '<p><a href="https://example.org/a?b=c#d" rel="noopener nofollow">x</a></p>\n',
        ),
        (
            "<mailto:a@example.org>",
            '<p><a href="mailto:a@example.org" rel="noopener nofollow">mailto:a@example.org</a></p>\n',
        ),
        ("![a plan](https://h.example/x.png)", "<p>a plan</p>\n"),
        ("<b>not bold</b>", "<p>&lt;b&gt;not bold&lt;/b&gt;</p>\n"),
        ("```\n<script>\n```", "<pre><code>&lt;script&gt;\n</code></pre>\n"),
        (
            "|a|\n|:-:|\n|1|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n"
            "</table>\n",
        ),
        ("план 資料 تقرير", "<p>план 資料 تقرير</p>\n"),
        ("", ""),
    ],
)
def test_a_plain_text_is_shown_as_it_is_meant(text: str, shown: str) -> None:
    assert render_markdown(text) == shown


def test_a_picture_of_ours_is_kept_in_a_document_only() -> None:
    picture = f'<img src="data:image/png;base64,{base64.b64encode(samples.png_with()).decode()}" alt="a plan">'

    assert clean_document(picture).count("data:image/png;base64,") == 1
    assert clean_html(picture) == ""


def test_the_fragment_of_a_copy_is_cleaned_once_more() -> None:
    page = whole_page("<p>Hi</p><script>alert(1)</script>", "E01")

    assert fragment_of(page) == "<p>Hi</p>"
    assert fragment_of("no page of ours") == ""


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "*a " * 20_000,
        "`" * 20_000,
        ">" * 20_000,
        "<" * 20_000,
        "![](" * 10_000,
        "|a" * 10_000 + "\n" + "|-" * 10_000,
        "- " * 5_000,
        "[a](<" * 10_000,
        "_*" * 10_000,
    ],
)
def test_texts_made_to_take_long_do_not(text: str) -> None:
    started = time.monotonic()

    render_markdown(text)

    assert time.monotonic() - started < 10
