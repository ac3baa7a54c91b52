"""Markdown as evidence."""

from pathlib import Path

from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.markup import render_markdown, whole_page
from panel_app.foundation.files.registry import CopyForm, EvidenceKind, Facts, evidence_kind
from panel_app.foundation.files.texts import looks_like_text, read_text, refuse_code, without_properties
from panel_app.foundation.words import N_


@evidence_kind
class Markdown(EvidenceKind):
    """A text with simple formatting: headings, lists, tables, links. Pictures in it aren't shown.

    The panel copy is HTML, of what a reader sees: definitions of links that nothing uses would otherwise stand in
    a downloaded copy.
    """

    name = "markdown"
    title = N_("Markdown")
    short = "text"
    extensions = ("md", "markdown")
    media_type = "text/markdown; charset=utf-8"
    inline = False
    copy = CopyForm("html", "text/html; charset=utf-8", inline=False)

    def recognise(self, head: bytes) -> bool:
        """Any bytes that a text may have."""
        return looks_like_text(head)

    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        """Refuse what can't be decoded, and web pages and scripts under the name of Markdown."""
        refuse_code(read_text(path, bounds), extension, markdown=True)
        return Facts()

    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> None:
        """The rendered text in a small HTML file titled `label`."""
        fragment = render_markdown(without_properties(read_text(source, bounds)))
        out.write_bytes(whole_page(fragment, label).encode("utf-8"))
