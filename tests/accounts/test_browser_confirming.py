"""The second question in Chromium: axe finds nothing, it fits a phone, and it is answered without a mouse."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from panel_app.accounts.models import RoleGrant
from panel_app.demo.builders.accounts import a_person, an_admin
from panel_app.foundation.database import reading
from tests.support.browsers import Window, axe_findings

pytestmark = pytest.mark.browser
PASSWORD = "three grey herons"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")])
def test_question_is_for_every_eye_and_window(app: Flask, window: Window, width: int, scheme: str) -> None:
    page = window(an_admin(password=PASSWORD), width=width, scheme=scheme)
    page.goto("/confirm")
    page.get_by_role("button", name="Go on").click()

    expect(page.locator(".error-summary")).to_be_focused()
    assert axe_findings(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_grant_goes_through_the_question_by_keys_alone(app: Flask, window: Window) -> None:
    fig = a_person("Fig")
    an_admin(email="rue@example.org", password=PASSWORD)
    page = window()
    page.goto(f"/sign-in?next=/people/{fig.key}")
    page.get_by_label("Email address").fill("rue@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Role").select_option("admin")
    page.get_by_label("Reason").fill("She agreed to do it.")
    page.get_by_role("button", name="Grant the role").press("Enter")

    page.get_by_label("Your password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Send it now").press("Enter")

    expect(page.get_by_text("The role is granted.")).to_be_visible()
    reading().rollback()
    assert [row.reason for row in reading().query(RoleGrant).order_by(RoleGrant.id)] == ["", "She agreed to do it."]
