"""What bytes could be taken for, besides what they say they are."""

import re
import zipfile
from pathlib import Path

# What makes a browser or an XML reader see a page, a drawing or a program. The list of beginnings follows the WHATWG
# MIME Sniffing Standard, section 7.1, and adds drawings and XML.
_PAGE_START = re.compile(
    r"<(?:!doctype|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|math|frameset|object|embed"
    r"|img|link|meta|base|form|template|\?xml|\?php|%|[a-z][\w.-]*:[a-z]|rss|feed|rdf)[\s>/?]"
    r"|<!--",
    re.IGNORECASE,
)
_DOCUMENT_START = re.compile(
    r"<(?:!doctype|html|head|script|iframe|style|title|body|svg|math|frameset|object|embed|link|meta|base"
    r"|\?xml|\?php|[a-z][\w.-]*:[a-z]|rss|feed|rdf)[\s>/?]",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"<(?:!doctype\s+(?:html|svg)|html|head|body|script|svg|iframe|frameset|object|embed|foreignobject)(?:[\s>/]|$)"
    r"|<[a-z][\w.-]*:(?:script|svg|html)\b|<\?xml\s",
    re.IGNORECASE,
)
_MHTML = re.compile(
    r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*(?:multipart/|text/html|message/)", re.IGNORECASE
)
_COMMENTS = re.compile(r"/\*.*?\*/|(?m:^\s*//[^\n]*$)", re.DOTALL)
_STATEMENT = re.compile(
    r"^\s*(?:[(){}\];,]+|(?:const|let|var|function|class|import|export|return|if|else|for|while|switch|case|try|catch"
    r"|throw|new|await|async|default|break|continue)\b.*[;{}(,)\]>]|['\"]use strict['\"];?"
    r"|[\w$.\[\]'\"]+\s*(?:\(.*[\);{,(]|=>?[^=].*;|\+\+;?|--;?)|\(\s*(?:async\s*)?(?:function\b|\(\s*\)\s*=>).*"
    r"|[\w$'\"]+\s*:\s*.*[,{\[])\s*$"
)
_SCRIPT_SIGN = re.compile(
    r"\b(?:document|window|location|globalThis|console|navigator|module|process|localStorage)\s*[.\[]"
    r"|\b(?:alert|eval|require|setTimeout|fetch|importScripts|prompt|confirm)\s*\(|\bfunction\b[^\n]*\(|=>"
    r"|^\s*(?:const|let|var)\s+[\w$]+\s*=|^\s*(?:import|export)\b.*['\"{]|#!.*\b(?:node|sh|python\d*|bash)\b",
    re.MULTILINE,
)
_BYTE_MARKS = re.compile(
    rb"<(?:!doctype\s+(?:html|svg)|html|head|body|script|svg|iframe|foreignobject)(?:[\s>/]|$)|^content-type:\s*multipart/",
    re.IGNORECASE | re.MULTILINE,
)
_ENDINGS = ((b"PK\x05\x06", "ZIP"), (b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP"))
TAIL_BYTES = 70_000


def starts_like_a_page(text: str, markdown: bool) -> bool:
    """Say whether a text begins as HTML, SVG, XML or MHTML. Markdown may begin with plain HTML tags, shown as text."""
    start = text.lstrip("\ufeff \t\r\n\f")[:4000]
    pattern = _DOCUMENT_START if markdown else _PAGE_START
    return bool(pattern.match(start) or _MHTML.match(start))


def holds_active_markup(text: str) -> bool:
    """Say whether tags that make a page or run code stand anywhere in a text."""
    return bool(_ACTIVE.search(text))


def is_script(text: str) -> bool:
    """Say whether a text as a whole is a program: nearly each line a statement, and at least one clear sign of code."""
    if text.startswith("#!"):
        return True
    lines = [line for line in _COMMENTS.sub("", text).splitlines() if line.strip()]
    statements = sum(1 for line in lines if _STATEMENT.match(line))
    return bool(lines) and statements >= 0.7 * len(lines) and bool(_SCRIPT_SIGN.search(text))


def page_marks(raw: bytes) -> bool:
    """Say whether the beginning of a binary file would let a browser see a page in it."""
    return bool(_BYTE_MARKS.search(raw.replace(b"\x00", b"")))


def second_in_head(head: bytes) -> str | None:
    """What else the beginning of a picture could be taken for: `HTML`, `PDF`, or none."""
    if page_marks(head[:4096]):
        return "HTML"
    return "PDF" if b"%PDF-" in head[:1100] else None


def is_zip(path: Path) -> bool:
    """Say whether a ZIP reader would open the file, wherever in it the archive begins."""
    return zipfile.is_zipfile(path)


def tail_of(path: Path, length: int = TAIL_BYTES) -> bytes:
    """The last bytes of a file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - length))
        return file.read()


def trailing_kind(trailing: bytes) -> str | None:
    """What stands behind the end of a picture: `ZIP`, `PDF`, `HTML`, or none that matters."""
    for mark, name in _ENDINGS:
        if mark in trailing:
            return name
    return "HTML" if page_marks(trailing) else None
