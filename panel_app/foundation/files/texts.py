"""Text of unknown encoding to plain Unicode with LF line ends."""

import re
from pathlib import Path

from panel_app.foundation.files import sayings, sniff
from panel_app.foundation.files.bounds import Bounds, in_words
from panel_app.foundation.files.problems import Unacceptable

# Encodings that office programs and editors still write. Others are too rare to be guessed from a short text.
GUESSED = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2", "iso8859_15",
    "koi8_r", "koi8_u", "mac_roman", "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "cp949", "euc_kr", "tis_620",
]  # fmt: skip
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]|[\ufdd0-\ufdef\ufffe\uffff]")
_FENCED = re.compile(r"^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)[`~]*\s*$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"(?P<ticks>`+)[^`\n]+?(?P=ticks)")
_UNSEEN = re.compile(r"<!--.*?-->|^ {0,3}\[[^\]\n]+\]:[ \t]*(?:#|<#?>)[^\n]*$", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(r"\A(?P<fence>---|\+\+\+)[ \t]*\n.*?^(?P=fence)[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


def read_text(path: Path, bounds: Bounds) -> str:
    """The text of a file, line ends as LF, without a byte order mark. Raises `Unacceptable`."""
    if path.stat().st_size > bounds.text_bytes:
        raise Unacceptable(sayings.too_large(in_words(bounds.text_bytes)))
    text = decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    if _NO_TEXT.search(text):
        raise Unacceptable(sayings.hidden_bytes())
    if not text.strip():
        raise Unacceptable(sayings.empty())
    return text


def decoded(raw: bytes) -> str:
    """Decode by byte order mark, as UTF-8, or by the best guess. Raises `Unacceptable` when no guess is sure."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or b"\x00" in raw:
            raise Unacceptable(sayings.unknown_letters()) from error
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow, and most texts are UTF-8

    best = from_bytes(raw, cp_isolation=GUESSED, threshold=0.2).best()
    if best is None:
        raise Unacceptable(sayings.unknown_letters())
    return str(best)


def refuse_code(text: str, extension: str, markdown: bool) -> None:
    """Raise `Unacceptable` when a text is a web page, a drawing or a script; code shown in Markdown is no code."""
    prose = _CODE_SPAN.sub("", _FENCED.sub("", text)) if markdown else text
    if sniff.starts_like_a_page(text, markdown) or sniff.holds_active_markup(prose) or sniff.is_script(prose):
        raise Unacceptable(sayings.web_code(extension))


def without_properties(text: str) -> str:
    """Markdown without what its reader doesn't see: the block of properties on top (author, date), and comments.

    Comments are those of HTML and definitions of links that lead nowhere; in fenced code they are part of the text.
    """
    body, at, kept = _FRONT_MATTER.sub("", text, count=1), 0, []
    for code in _FENCED.finditer(body):
        kept += [_UNSEEN.sub("", body[at : code.start()]), code.group()]
        at = code.end()
    return "".join([*kept, _UNSEEN.sub("", body[at:])])


def looks_like_text(head: bytes) -> bool:
    """Say whether a beginning holds no bytes that text never has; UTF-16 and UTF-32 are known by their mark."""
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return True
    if head.startswith((b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff")):
        return False
    return not re.search(rb"[\x00-\x08\x0e-\x1a]", head)
