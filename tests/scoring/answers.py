"""Pages of a sheet as a browser would send them back, and what of a page is the same for everybody."""

import re
from typing import Any

from tests.support.pages import Page


def form_of(page: Page, **changes: str) -> dict[str, Any]:
    """What the page's form would send: every text box (a browser drops its first line end), every chosen button."""
    assert page.tree is not None
    (form,) = page.tree.xpath("//form[@data-autosave]")
    sent = {name: value.removeprefix("\n") for name, value in form.form_values() if name != "csrf_token"}
    return {**sent, **changes}


def neutral(body: str, key: str) -> str:
    """A page without what differs from answer to answer: keys, tokens, request ids."""
    body = re.sub(r'(csrf[-_]token" (?:content|value)=")[^"]+', r"\1", body.replace(key, "KEY"))
    body = re.sub(r'(name="(?:page|form_key)" value="|data-page=")[a-z2-7]{26}', r"\1", body)
    return re.sub(r"\b[0-9a-f]{16}\b", "ID", body)
