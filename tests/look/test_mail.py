"""The frame of mails: readable in both schemes after its rules were put into the elements."""

import css_inline
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import render_template_string

from tests.look.gallery import create_gallery

HTML = """{% extends "mail/layout.html" %}{% from "mail/components.html" import action, facts, paragraph %}
{% block subject %}Your portfolio was received{% endblock %}
{% block body %}{{ paragraph("We have it.") }}{{ facts([("Reference", "CPAP-26A-K7Q2")]) }}
{{ action("https://example.org/p", "Open it") }}<p>Or go <a href="https://example.org">to your page</a>.</p>{% endblock %}"""
TEXT = """{% extends "mail/layout.txt" %}{% from "mail/components.txt" import action, facts, paragraph %}
{% block subject %}Your portfolio was received{% endblock %}
{% block body %}{{ paragraph("We have it.") }}{{ facts([("Reference", "CPAP-26A-K7Q2")]) }}{{ action("https://example.org/p", "Open it") }}{% endblock %}"""


def inlined() -> str:
    app = create_gallery()
    with app.test_request_context():
        return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True).inline(render_template_string(HTML))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_of_a_mail_stands_out_in_both_schemes(look_browser, scheme):
    context = look_browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.set_content(inlined())

    answer = Axe().run(page, options={"runOnly": ["color-contrast"]}).response

    ground = page.evaluate("getComputedStyle(document.querySelector('.inner')).backgroundColor")
    context.close()
    assert answer["violations"] == [] and answer["incomplete"] == []
    assert sum(len(rule["nodes"]) for rule in answer["passes"]) >= 7
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(28, 32, 39)"}[scheme]


def test_mail_declares_its_schemes_and_sets_text_with_ground():
    mail = inlined()

    unpaired = [rule for rule in mail.split('style="')[1:] if "color: #" in (style := rule.split('"')[0]) and "background-color" not in style]

    assert '<meta name="color-scheme" content="light dark">' in mail
    assert unpaired == []


def test_text_part_reads_as_a_letter():
    with create_gallery().test_request_context():
        text = render_template_string("{% autoescape false %}" + TEXT + "{% endautoescape %}")

    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    assert paragraphs[:3] == ["Your portfolio was received", "We have it.", "Reference: CPAP-26A-K7Q2"]
    assert paragraphs[3] == "Open it:\nhttps://example.org/p"
