"""The page client: a person with a browser's manners, and a contract that every page it opens must keep."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask, has_app_context, session
from flask_wtf.csrf import generate_csrf
from lxml import html
from werkzeug.test import TestResponse

from panel_app.foundation.database import db

INLINE = re.compile(r"^on[a-z]+$")


class Page:
    """One answer, read as its user would: title, words, rows, errors, links."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.response, self.path, self.status = response, path, response.status_code
        self.body = response.get_data(as_text=True)
        self.tree = html.fromstring(self.body) if response.mimetype == "text/html" and self.body else None

    @property
    def title(self) -> str:
        return self._words("//title")

    @property
    def heading(self) -> str:
        return self._words("//h1")

    @property
    def text(self) -> str:
        """All words of the page, white space folded."""
        return self._words("//body")

    @property
    def main(self) -> str:
        """The words of the main part."""
        return self._words("//main")

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        return self.all("//*[contains(concat(' ', @class, ' '), ' error-summary ')]//li")

    @property
    def references(self) -> list[str]:
        """What the page lists in cells marked `data-row`, in order."""
        return self.all("//*[@data-row]/@data-row")

    def all(self, path: str) -> list[str]:
        """Folded words (or attribute values) of every node at an XPath."""
        assert self.tree is not None, f"{self.path} is no page: {self.status} {self.response.mimetype}"
        return [_folded(node if isinstance(node, str) else node.text_content()) for node in self.tree.xpath(path)]

    def links(self) -> list[str]:
        """Every own address that the page links to."""
        return [href for href in self.all("//a/@href") if href.startswith("/")]

    def field(self, name: str) -> str:
        """The value that a form field of this name shows."""
        assert self.tree is not None
        (found,) = self.tree.xpath(f"//*[@name='{name}' and not(@type='radio')][1]")[:1]
        return str(found.value or "") if hasattr(found, "value") else found.get("value", "")

    def _words(self, path: str) -> str:
        return " ".join(self.all(path))


def _folded(text: str) -> str:
    return " ".join(text.split())


class Visitor:
    """A browser with its own cookies. `get` and `post` keep the page contract; the token is sent as a page would."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self.app, self.client = app, app.test_client()
        if token is not None:
            with self.client.session_transaction() as session:
                session["sign_in"] = token

    def get(self, path: str, status: int = 200, **headers: str) -> Page:
        """Open a page, follow redirects; fails unless it answers `status` and keeps the contract."""
        page = self._followed(self.open(path, headers=headers), path)
        assert page.status == status, (
            f"GET {path} answered {page.status}: {page.text if page.tree is not None else page.body[:500]}"
        )
        keep_contract(page)
        return page

    def post(self, path: str, status: int = 200, **fields: object) -> Page:
        """Send a form as a page's button does; follow redirects."""
        page = self._followed(self.send(path, "POST", **fields), path)
        assert page.status == status, (
            f"POST {path} answered {page.status}: {page.text if page.tree is not None else page.body[:500]}"
        )
        keep_contract(page)
        return page

    def open(self, path: str, **how: Any) -> TestResponse:
        """One bare request, in an application context of its own: nothing of `g` is left from another."""
        with self.app.app_context():
            response = self.client.open(path, **how)
        forget()
        return response

    def send(self, path: str, method: str = "POST", **fields: object) -> TestResponse:
        """Send a form and give the bare answer."""
        data = {**fields, "csrf_token": self.token()}
        return self.open(path, method=method, data=data, headers={"Origin": "http://localhost"})

    def send_json(self, path: str, body: object, method: str = "PATCH") -> TestResponse:
        """Send JSON as a page's script does."""
        headers = {"X-CSRFToken": self.token(), "Origin": "http://localhost"}
        return self.open(path, method=method, json=body, headers=headers)

    def token(self) -> str:
        """A token as this browser's pages carry it."""
        with self.client.session_transaction() as kept:
            held = dict(kept)
        with self.app.app_context(), self.app.test_request_context():
            session.update(held)
            token = str(generate_csrf())
            raw = session["csrf_token"]
        with self.client.session_transaction() as kept:
            kept["csrf_token"] = raw
        return token

    def _followed(self, response: TestResponse, path: str) -> Page:
        for _ in range(5):
            if response.status_code not in (301, 302, 303, 307, 308):
                break
            path = urljoin(path, response.headers["Location"])
            target = urlsplit(path)
            path = target.path + (f"?{target.query}" if target.query else "")
            response = self.open(path)
        return Page(response, path)


def forget() -> None:
    """End the test's own read, so that it sees what the request wrote."""
    if has_app_context():
        db.session.rollback()


def keep_contract(page: Page) -> None:
    """Each page: one h1 that its title begins with, unique ids, labels, no inline code, errors in the summary."""
    if page.tree is None:
        return
    problems = list(_problems(page))
    assert not problems, f"{page.path}: " + "; ".join(problems)


def _problems(page: Page) -> Iterator[str]:
    assert page.tree is not None
    headings = page.all("//h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1"
    elif not page.title.removeprefix("Error: ").startswith(headings[0]):
        yield f"title {page.title!r} does not begin with its h1 {headings[0]!r}"
    ids = page.tree.xpath("//@id")
    yield from (f"id {each} twice" for each in sorted({i for i in ids if ids.count(i) > 1}))
    yield from (f"unlabelled {f.get('name')}" for f in page.tree.xpath(_FIELDS) if not _is_labelled(f, page.tree))
    yield from (
        f"inline script in {page.path}" for _ in page.tree.xpath("//script[not(@src)][not(@type='application/json')]")
    )
    yield from ("inline style" for _ in page.tree.xpath("//style|//*[@style]"))
    yield from (f"inline {name}" for name in page.tree.xpath("//@*") if INLINE.match(getattr(name, "attrname", "")))
    if page.tree.xpath("//*[@aria-invalid='true']") and not page.errors:
        yield "a faulty field but no summary"


_FIELDS = "//input[not(@type='hidden' or @type='submit' or @type='button')]|//textarea|//select"


def _is_labelled(field: html.HtmlElement, tree: html.HtmlElement) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label"):
        return True
    return bool(field.get("id") and tree.xpath(f"//label[@for='{field.get('id')}']"))
