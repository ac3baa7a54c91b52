"""What the components print, and the limits that templates, styles and behaviours keep."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.look.gallery import ERRORS, PAGES
from tests.look.rows import TYPED

ROOT = Path(__file__).resolve().parents[2]
BEHAVIOURS = sorted((ROOT / "panel_app/static/behaviours").glob("*.js"))
STYLES = sorted((ROOT / "panel_app/static/style").glob("*.css"))
OURS = [
    path for folder in ("layouts", "components", "errors") for path in sorted((ROOT / "templates" / folder).glob("*"))
]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
ADDRESSES = [*PAGES, *(f"error/{code}" for code in ERRORS)]


def test_behaviours_that_the_layout_names_are_those_in_the_folder() -> None:
    listed = re.sub(
        r"\{#.*?#\}|\{%.*?%\}", "", (ROOT / "templates/components/behaviours.html").read_text(), flags=re.S
    ).split()

    assert listed == [path.stem for path in BEHAVIOURS if path.stem != "start"]


@pytest.mark.parametrize(
    ("path", "most"), [(p, 150) for p in [*BEHAVIOURS, *OURS]] + [(p, 400) for p in STYLES], ids=str
)
def test_files_stay_short(path: Path, most: int) -> None:
    assert len(path.read_text().splitlines()) <= most


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_hold_no_inline_code(client: FlaskClient, address: str) -> None:
    page = client.get(f"/{address}").get_data(as_text=True)

    assert INLINE.findall(page) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_have_one_heading_that_begins_the_title_and_unique_ids(client: FlaskClient, address: str) -> None:
    page = client.get(f"/{address}").get_data(as_text=True)

    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.S)
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    ids = re.findall(r'\sid="([^"]+)"', page)

    assert title is not None
    assert [unescape(title[1])] == [f"{unescape(heading.strip())} · panel" for heading in headings]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("code", [code for code in ERRORS if code != 500])
def test_error_page_gives_back_what_was_typed(client: FlaskClient, code: int) -> None:
    page = client.get(f"/error/{code}").get_data(as_text=True)

    assert "<summary>What you typed</summary>" in page
    assert [value for _, value in TYPED if value not in unescape(page)] == []


def test_summary_and_fields_say_the_same_words_once_each(client: FlaskClient) -> None:
    page = client.post("/form", data={"csrf_token": token(client), "round": "a"}).get_data(as_text=True)

    summary = re.findall(r'<a href="#(\w+)">([^<]+)</a></li>', page)
    beside = re.findall(r'id="(\w+)-error-1"><span[^>]*>Error:</span> ([^<]+)</p>', page)

    assert len(summary) == 6
    assert summary == beside


def test_what_was_typed_stays_and_is_escaped(client: FlaskClient) -> None:
    page = client.post("/form", data={"csrf_token": token(client), "who": '"><b>Adze'}).get_data(as_text=True)

    assert 'value="&#34;&gt;&lt;b&gt;Adze"' in page


def test_expired_form_comes_back_with_what_was_sent(client: FlaskClient) -> None:
    page = client.get("/error/419").get_data(as_text=True)

    assert '<input type="hidden" name="reason" value="Typed before">' in page
    assert page.count('name="csrf_token"') == 2  # this form's and the one that signs out


def token(client: FlaskClient) -> str:
    page = client.get("/form").get_data(as_text=True)
    return str(re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1])
