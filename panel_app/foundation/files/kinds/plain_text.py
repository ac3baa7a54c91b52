"""Plain text as evidence."""

from pathlib import Path

from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.registry import CopyForm, EvidenceKind, Facts, evidence_kind
from panel_app.foundation.files.texts import looks_like_text, read_text, refuse_code
from panel_app.foundation.words import N_


@evidence_kind
class PlainText(EvidenceKind):
    """A text without formatting, shown letter by letter."""

    name = "text"
    title = N_("Plain text")
    short = "text"
    extensions = ("txt",)
    media_type = "text/plain; charset=utf-8"
    inline = True
    copy = CopyForm("txt", "text/plain; charset=utf-8", inline=True)

    def recognise(self, head: bytes) -> bool:
        """Any bytes that a text may have."""
        return looks_like_text(head)

    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        """Refuse what can't be decoded, and web pages and scripts under the name of a text."""
        refuse_code(read_text(path, bounds), extension, markdown=False)
        return Facts()

    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> None:
        """UTF-8 with LF line ends; a text has no properties, so `label` isn't needed."""
        out.write_bytes(read_text(source, bounds).encode("utf-8"))
