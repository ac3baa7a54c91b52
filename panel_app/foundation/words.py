"""Sentences of pure rules: English in the code, translated where they are shown.

Rules know no request and no language. They mark their texts with `N_` so that the extractor finds them, and hand
back a `Sentence`; `foundation/saying.py` says it in the reader's language. Where a number stands before a noun, both
forms are given to `counting` (an extractor's keyword is `counting:1,2`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Param = str | int


def N_(text: str) -> str:  # noqa: N802  the name that message extractors know
    """Mark a text for translation and return it unchanged."""
    return text


@dataclass(frozen=True)
class Sentence:
    """A text with named places, `%(name)s`, and what stands in them. `str()` gives the English."""

    template: str
    params: Mapping[str, Param] = field(default_factory=dict)
    plural: str = ""
    """The text for every `num` but 1; empty where nothing is counting."""

    def __str__(self) -> str:
        """Return the English sentence; without params the template stands as it is, as in gettext."""
        template = self.plural if self.plural and self.params["num"] != 1 else self.template
        return template % dict(self.params) if self.params else template

    def __hash__(self) -> int:
        """Hash by content, so that sentences may stand in sets and frozen rows."""
        return hash((self.template, self.plural, tuple(sorted(self.params.items()))))


def sentence(template: str, **params: Param) -> Sentence:
    """Build a `Sentence`: `sentence(N_("Ends on %(day)s."), day="3 May")`."""
    return Sentence(template, params)


def counting(one: str, many: str, num: int, **params: Param) -> Sentence:
    """Build a `Sentence` about a number, `%(num)s`: `counting("%(num)s day", "%(num)s days", 3)` is "3 days"."""
    return Sentence(one, {"num": num, **params}, many)
