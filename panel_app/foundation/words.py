"""Sentences of pure rules: English in the code, translated where they are shown.

Rules know no request and no language. They mark their texts with `N_` so that the extractor finds them, and hand
back a `Sentence`; a view prints it with `gettext(sentence.template, **sentence.params)`.
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

    def __str__(self) -> str:
        """Return the English sentence; without params the template stands as it is, as in gettext."""
        return self.template % dict(self.params) if self.params else self.template

    def __hash__(self) -> int:
        """Hash by content, so that sentences may stand in sets and frozen rows."""
        return hash((self.template, tuple(sorted(self.params.items()))))


def sentence(template: str, **params: Param) -> Sentence:
    """Build a `Sentence`: `sentence(N_("Ends on %(day)s."), day="3 May")`."""
    return Sentence(template, params)
