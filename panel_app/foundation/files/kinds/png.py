"""PNG pictures as evidence."""

from pathlib import Path

from panel_app.foundation.files import sayings, sniff
from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.problems import Unacceptable
from panel_app.foundation.files.registry import CopyForm, EvidenceKind, Facts, evidence_kind
from panel_app.foundation.words import N_

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@evidence_kind
class Png(EvidenceKind):
    """A picture without loss: a screenshot, a drawing."""

    name = "png"
    title = N_("PNG picture")
    short = "PNG"
    extensions = ("png",)
    media_type = "image/png"
    inline = False
    copy = CopyForm("png", "image/png", inline=True)

    def recognise(self, head: bytes) -> bool:
        """The eight bytes of the signature, with the header chunk behind them."""
        return head.startswith(SIGNATURE) and head[12:16] == b"IHDR"

    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        """Refuse a cut or broken picture, one over the limit of pixels, and one that is a second thing as well."""
        from panel_app.foundation.files.pictures import open_picture, png_end  # noqa: PLC0415  only a process that reads such a file loads it

        raw = path.read_bytes()
        behind = raw[png_end(raw) :].strip(b"\x00\r\n ")
        second = sniff.second_in_head(raw) or sniff.trailing_kind(behind) or ("ZIP" if sniff.is_zip(path) else None)
        if second:
            raise Unacceptable(sayings.two_in_one(second))
        if behind:
            raise Unacceptable(sayings.something_behind())
        picture = open_picture(path, "PNG", bounds.pixels)
        frames: int = getattr(picture, "n_frames", 1)
        return Facts(width=picture.width, height=picture.height, left_behind=("animation",) if frames > 1 else ())

    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> None:
        """The first frame drawn anew; a PNG of ours carries no title."""
        from panel_app.foundation.files.pictures import as_png, bare, open_picture  # noqa: PLC0415  only a process that reads such a file loads it

        as_png(bare(open_picture(source, "PNG", bounds.pixels)), out)
