"""JPEG pictures as evidence."""

from pathlib import Path

from panel_app.foundation.files import sayings, sniff
from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.problems import Unacceptable
from panel_app.foundation.files.registry import CopyForm, EvidenceKind, Facts, evidence_kind
from panel_app.foundation.words import N_


@evidence_kind
class Jpeg(EvidenceKind):
    """A photograph or a scan."""

    name = "jpeg"
    title = N_("JPEG picture")
    short = "JPEG"
    extensions = ("jpg", "jpeg")
    media_type = "image/jpeg"
    inline = False
    copy = CopyForm("jpg", "image/jpeg", inline=True)

    def recognise(self, head: bytes) -> bool:
        """The start marker and the first byte of a segment."""
        return head.startswith(b"\xff\xd8\xff")

    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        """Refuse a cut or broken picture, one over the limit of pixels, and one that is a second thing as well.

        Phones put films and depth maps behind the picture; these are let in, and left behind by the copy.
        """
        from panel_app.foundation.files.pictures import jpeg_end, open_picture  # noqa: PLC0415  only a process that reads such a file loads it

        raw = path.read_bytes()
        behind = raw[jpeg_end(raw) :]
        second = sniff.second_in_head(raw) or sniff.trailing_kind(behind) or ("ZIP" if sniff.is_zip(path) else None)
        if second:
            raise Unacceptable(sayings.two_in_one(second))
        picture = open_picture(path, "JPEG", bounds.pixels)
        return Facts(width=picture.width, height=picture.height)

    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> None:
        """The picture drawn anew and upright; a JPEG of ours carries no title."""
        from panel_app.foundation.files.pictures import as_jpeg, bare, open_picture  # noqa: PLC0415  only a process that reads such a file loads it

        as_jpeg(bare(open_picture(source, "JPEG", bounds.pixels)), out)
