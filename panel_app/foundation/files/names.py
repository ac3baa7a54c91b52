"""Names of files: as typed, for their owner; neutral, for the panel; safe in headers and archives."""

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, BinaryIO
from urllib.parse import quote

LONGEST = 200
_NO_NAME = "file"
# Joiners are part of how Persian, Indic scripts and emoji are written; other format characters only deceive.
_JOINERS = "\u200c\u200d"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_REFERENCE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")
_NOT_ON_DISK = re.compile(r'[<>:"|?*\\/]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first instant that a ZIP knows: an archive says nothing about when
_FILE_MODE = 0o600
_SPOOLED_BYTES = 8 * 1024 * 1024
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Entry:
    """A file for an archive: the name it shall have and what it holds, from the stream's present place."""

    name: str
    content: BinaryIO


def shown_name(typed: str) -> str:
    """A typed file name as it is shown: any script, no path, no control or deceiving characters, short."""
    last = re.split(r"[\\/]", typed.replace("\x00", ""))[-1]
    letters = (one for one in last if one in _JOINERS or unicodedata.category(one) not in _DROPPED)
    name = " ".join(unicodedata.normalize("NFC", "".join(letters)).split())
    if not name.strip(". " + _JOINERS):
        return _NO_NAME
    return _shortened(name, LONGEST)


def neutral_name(reference: str, number: int, extension: str) -> str:
    """The panel's name for a copy: `CPAP-26A-K7Q2-E03.pdf`. Raises ValueError for what could not be part of one."""
    if not _REFERENCE.fullmatch(reference) or number < 1 or not _EXTENSION.fullmatch(extension):
        raise ValueError("not a reference, a number and an ending")
    return f"{neutral_label(reference, number)}.{extension}"


def neutral_label(reference: str, number: int) -> str:
    """The panel's title for a copy: `CPAP-26A-K7Q2-E03`."""
    return f"{reference}-E{number:02d}"


def content_disposition(name: str, *, inline: bool) -> str:
    """The header's value for a name of any script (RFC 6266, RFC 8187), without line ends whatever the name holds."""
    shown = shown_name(name)
    how = "inline" if inline else "attachment"
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w .()+=@,~!-]", "_", plain, flags=re.ASCII).strip()
    if plain == shown:
        return f'{how}; filename="{plain}"'
    fallback = plain if plain.partition(".")[0].strip("_ ") else _NO_NAME + "".join(plain.rpartition(".")[1:])
    return f"{how}; filename=\"{fallback}\"; filename*=UTF-8''{quote(shown, safe='')}"


def zip_of(entries: Iterable[Entry]) -> IO[bytes]:
    """An archive at its start: relative UTF-8 names, unique also where case and form of letters don't count."""
    archive = tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES)  # noqa: SIM115  the caller closes it
    taken: set[str] = set()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in entries:
            about = zipfile.ZipInfo(_unique(_relative(entry.name), taken), _EARLIEST)
            about.external_attr = _FILE_MODE << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            with package.open(about, "w", force_zip64=True) as target:
                while chunk := entry.content.read(_CHUNK):
                    target.write(chunk)
    archive.seek(0)
    return archive


def _relative(name: str) -> str:
    parts = [_on_disk(part) for part in re.split(r"[\\/]", name) if part.strip(". \x00")]
    return "/".join(parts) or _NO_NAME


def _on_disk(part: str) -> str:
    name = _NOT_ON_DISK.sub("_", shown_name(part)).rstrip(". ")
    return f"_{name}" if _DEVICES.match(name) else name


def _unique(name: str, taken: set[str]) -> str:
    folder, slash, last = name.rpartition("/")
    stem, dot, extension = last.rpartition(".")
    if not stem:
        stem, dot, extension = last, "", ""
    candidate, number = name, 1
    while _folded(candidate) in taken:
        number += 1
        candidate = f"{folder}{slash}{stem} ({number}){dot}{extension}"
    taken.add(_folded(candidate))
    return candidate


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _shortened(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:longest].rstrip()
    return stem[: longest - len(extension) - 1].rstrip() + dot + extension
