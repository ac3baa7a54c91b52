"""Everything that stands in a file once it is unpacked: what a curious reader with tools would find."""

import io
import zipfile

import pikepdf


def unpacked(content: bytes) -> bytes:
    """The file itself and, of a PDF, each stream decompressed and each string decoded; of a ZIP, each part."""
    pieces = [content]
    if content.startswith(b"%PDF"):
        pieces += _pdf_pieces(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            pieces += [package.read(name) for name in package.namelist()]
            pieces += [name.encode() for name in package.namelist()]
    return b"\n".join(pieces)


def holds(content: bytes, words: str) -> bool:
    """Say whether `words` stand in an unpacked file, in any of the encodings that files use for text."""
    found = unpacked(content)
    return any(words.encode(encoding) in found for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252"))


def _pdf_pieces(content: bytes) -> list[bytes]:
    pieces = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for thing in document.objects:
            pieces += _strings(thing, 0)
            if isinstance(thing, pikepdf.Stream):
                pieces.append(_stream(thing))
        pieces += _strings(document.trailer, 0)
    return pieces


def _stream(thing: pikepdf.Stream) -> bytes:
    try:
        return thing.read_bytes()
    except pikepdf.PdfError:  # a picture: its own compression stays
        return thing.read_raw_bytes()


def _strings(thing: pikepdf.Object, depth: int) -> list[bytes]:
    if depth > 6:
        return []
    if isinstance(thing, pikepdf.String):
        return [bytes(thing), str(thing).encode()]
    if isinstance(thing, pikepdf.Array):
        return [piece for one in thing for piece in _strings(one, depth + 1)]
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return [piece for key in thing.keys() for piece in (key.encode(), *_strings(thing[key], depth + 1))]  # noqa: SIM118
    return []
