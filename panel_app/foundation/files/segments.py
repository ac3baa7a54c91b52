"""Compressed pictures inside documents, freed of their properties without being drawn anew."""

# Start of image, end of image, restarts: markers without a length.
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8), 0xD8, 0xD9})
_START_OF_SCAN = 0xDA
_COMMENT = 0xFE
_JFIF, _ADOBE = 0xE0, 0xEE  # the two that say how colours are stored
_BOXES_WITH_WORDS = frozenset({b"xml ", b"uuid", b"uinf", b"jp2i"})


def bare_jpeg(raw: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC, comments, thumbnails and whatever stands behind its end.

    A stream that isn't well formed up to its scan comes back unchanged only as far as it could be read.
    """
    if not raw.startswith(b"\xff\xd8"):
        return raw
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        marker = raw[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _BARE_MARKERS:
            kept.append(raw[at : at + 2])
            at += 2
            continue
        end = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        if marker == _START_OF_SCAN:
            return b"".join(kept) + _without_tail(raw[at:])
        if not _carries_words(marker):
            kept.append(_without_thumbnail(raw[at:end]) if marker == _JFIF else raw[at:end])
        at = end
    return b"".join(kept)


def bare_jpeg2000(raw: bytes) -> bytes:
    """A JPEG 2000 without its boxes of XML, UUIDs and rights. A bare code stream comes back as it is."""
    if raw[4:8] != b"jP  ":
        return raw
    kept, at = [], 0
    while at + 8 <= len(raw):
        length = int.from_bytes(raw[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(raw[at + 8 : at + 16], "big")
        end = at + length if length >= 8 else len(raw)
        if raw[at + 4 : at + 8] not in _BOXES_WITH_WORDS:
            kept.append(raw[at:end])
        at = end
    return b"".join(kept)


def _carries_words(marker: int) -> bool:
    return marker == _COMMENT or (0xE0 <= marker <= 0xEF and marker not in (_JFIF, _ADOBE))


def _without_thumbnail(segment: bytes) -> bytes:
    if segment[4:9] != b"JFIF\x00" or len(segment) < 18:
        return b""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00"


def _without_tail(scan: bytes) -> bytes:
    end = scan.rfind(b"\xff\xd9")
    return scan[: end + 2] if end >= 0 else scan
