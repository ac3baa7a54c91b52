"""ZIP packages of Office documents, read under limits."""

import re
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

from panel_app.foundation.files import sayings
from panel_app.foundation.files.bounds import Bounds, in_words
from panel_app.foundation.files.problems import Damaged, Unacceptable

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError, KeyError)
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 16


def read_package(path: Path, bounds: Bounds) -> dict[str, bytes]:
    """Every part by name, sums checked. Raises `Unacceptable` over a limit, `Damaged` for a broken package."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = [one for one in package.infolist() if not one.is_dir()]
            _refuse_crooked(entries, bounds)
            return {one.filename: _unpacked(package, one) for one in entries}
    except BROKEN as error:
        raise Damaged(sayings.damaged(), type(error).__name__) from error


def parsed(part: bytes) -> ET.Element:
    """An XML part. Office formats know no document types: a part with one is made to harm its reader (`Damaged`)."""
    start = part[:2]
    encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = part.decode(encoding).removeprefix("\ufeff")
        if _DECLARES.search(text):
            raise Damaged(sayings.damaged(), "document type in a part")
        body = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
        return ET.fromstring(body)  # noqa: S314  without document types there are no entities to expand
    except (UnicodeDecodeError, ET.ParseError, RecursionError) as error:
        raise Damaged(sayings.damaged(), type(error).__name__) from error


def _refuse_crooked(entries: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(entries) > bounds.entries:
        raise Unacceptable(sayings.too_many_parts(bounds.entries))
    if sum(one.file_size for one in entries) > bounds.unpacked_bytes:
        raise Unacceptable(sayings.unpacks_too_large(in_words(bounds.unpacked_bytes)))
    if any(one.flag_bits & _ENCRYPTED for one in entries):
        raise Unacceptable(sayings.locked("DOCX"))
    names = [one.filename.casefold() for one in entries]
    crooked = any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names)
    if crooked or len(set(names)) != len(names) or any(one.compress_type not in _METHODS for one in entries):
        raise Damaged(sayings.damaged(), "crooked package")


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as part:
        content = b"".join(iter(lambda: part.read(_CHUNK), b""))
    if len(content) != entry.file_size:
        raise Damaged(sayings.damaged(), "part shorter than announced")
    return content
