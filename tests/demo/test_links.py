"""Links of the demo round: whatever a page of one's own links to can be opened."""

from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from panel_app.accounts.services.entry import sign_in
from panel_app.demo.seeding.cast import PASSWORD, Player, players
from tests.support.pages import Page, Visitor

pytestmark = pytest.mark.slow

MOST_PAGES = 2000
"""A person's pages in the demo are fewer; an address that grows with each step would come up against it."""


def errors_behind_links(browser: Visitor, start: str) -> dict[str, tuple[int, str]]:
    """Follow every link from a page on; gives address -> status and the page that links to it, of the errors."""
    seen, waiting, errors = {start}, deque([(start, "")]), {}
    while waiting:
        path, origin = waiting.popleft()
        answer = browser.open(path, buffered=True)
        if answer.status_code >= 400:
            errors[path] = (answer.status_code, origin)
        for target in sorted(_targets(answer, path) - seen):
            seen.add(target)
            waiting.append((target, path))
        assert len(seen) < MOST_PAGES, sorted(seen)
    assert len(seen) > 5, "a first page without links"
    return errors


def _targets(answer: TestResponse, path: str) -> set[str]:
    """Own addresses to which an answer sends or links."""
    if answer.location is not None:
        hrefs = [answer.location]
    else:
        hrefs = Page(answer, path).all("//a/@href") if answer.mimetype == "text/html" else []
    return {urldefrag(urljoin(path, href)).url for href in hrefs if urlsplit(href).netloc == ""}


def followers() -> list[Player]:
    """One of each role in the staff, every member, some of the candidates: the others see the same pages."""
    alike = {"coordinator-2", "signer-2", "signer-3", *(f"p{number:02}" for number in range(25) if number % 4)}
    return [player for player in players() if player.name not in alike]


@pytest.mark.parametrize("player", followers(), ids=lambda player: player.name)
def test_no_link_on_an_own_page_ends_in_an_error(demo_round: Flask, player: Player) -> None:
    browser = Visitor(demo_round, sign_in(player.person.email, PASSWORD, "127.0.0.1").token)

    assert errors_behind_links(browser, "/today") == {}
