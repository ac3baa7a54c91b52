"""The frame of mails: readable in both schemes after its rules were put into the elements."""

import re
from typing import Literal

import css_inline
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import render_template
from playwright.sync_api import Browser

from tests.look.gallery import create_gallery

COLOUR = re.compile(r"(?<![-\w])color:")


def inlined() -> str:
    app = create_gallery()
    with app.test_request_context():
        return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True).inline(
            render_template("sample_mail.html")
        )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_of_a_mail_stands_out_in_both_schemes(chromium: Browser, scheme: Literal["light", "dark"]) -> None:
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.set_content(inlined())

    answer = Axe().run(page, options={"runOnly": ["color-contrast"]}).response

    ground = page.evaluate("getComputedStyle(document.querySelector('.inner')).backgroundColor")
    context.close()
    assert answer["violations"] == []
    assert answer["incomplete"] == []
    assert sum(len(rule["nodes"]) for rule in answer["passes"]) >= 7
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(28, 32, 39)"}[scheme]


def test_mail_declares_its_schemes_and_sets_text_with_ground() -> None:
    mail = inlined()

    styles = [rule.split('"')[0] for rule in mail.split('style="')[1:]]
    unpaired = [style for style in styles if COLOUR.search(style) and "background-color" not in style]

    assert '<meta name="color-scheme" content="light dark">' in mail
    assert len(styles) >= 10
    assert unpaired == []


def test_text_part_reads_as_a_letter() -> None:
    with create_gallery().test_request_context():
        text = render_template("sample_mail.txt")

    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    assert paragraphs[:3] == ["Your portfolio was received", "We have it.", "Reference: CPAP-26A-K7Q2"]
    assert paragraphs[3] == "Open it:\nhttps://example.org/p"
