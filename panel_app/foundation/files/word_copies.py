"""Word documents to clean HTML: what is read on the page, without who wrote, changed or commented it."""

import base64
import html
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import mammoth

from panel_app.foundation.files import sayings
from panel_app.foundation.files.bounds import Bounds, in_words
from panel_app.foundation.files.markup import clean_document
from panel_app.foundation.files.packages import BROKEN, parsed
from panel_app.foundation.files.pictures import as_jpeg, as_png, bare, open_picture
from panel_app.foundation.files.problems import Damaged, Unacceptable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Fields whose result is a property of the file or of its author's program. TITLE stays: it is a heading that is read.
PROPERTY_FIELDS = frozenset(
    {"AUTHOR", "LASTSAVEDBY", "FILENAME", "USERNAME", "USERINITIALS", "USERADDRESS", "DOCPROPERTY", "INFO",
     "DOCVARIABLE", "TEMPLATE", "COMMENTS", "KEYWORDS"}
)  # fmt: skip
_PROPERTY_BINDING = re.compile(r"creator|lastModifiedBy|Company|Manager|keywords|description|category", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\\/]|\.[A-Za-z]{3,4}$")
_UNREAD = frozenset(
    {
        W + "del",
        W + "moveFrom",
        W + "commentReference",
        W + "commentRangeStart",
        W + "commentRangeEnd",
        W + "annotationRef",
    }
)
_TEXT_PARTS = re.compile(r"word/(?:document\d*|footnotes\d*|endnotes\d*)\.xml", re.IGNORECASE)
_UNUSED_PARTS = re.compile(
    r"(?:docProps|customXml)/|word/(?:comments|people|header|footer|settings|embeddings|glossary"
    r"|theme|fontTable|webSettings|stylesWithEffects)",
    re.IGNORECASE,
)
# A style's name says what is a heading, its paragraph what is a list; how it looks fills most of a small document.
_USED_OF_STYLE = frozenset({W + "name", W + "pPr"})
# The page has one h1 and its own h2.
STYLE_MAP = "\n".join(
    [
        *(f"p[style-name='Heading {level}'] => h{min(6, level + 2)}:fresh" for level in range(1, 7)),
        *(f"p[style-name='heading {level}'] => h{min(6, level + 2)}:fresh" for level in range(1, 7)),
        "p[style-name='Title'] => h3:fresh",
    ]
)


def as_html(parts: Mapping[str, bytes], main_part: str, bounds: Bounds) -> str:
    """The text of a document as a clean fragment, its pictures drawn anew. Raises `Damaged`, `Unacceptable`."""
    kept = {name: part for name, part in parts.items() if not _UNUSED_PARTS.match(name)}
    for name, part in kept.items():
        if name == main_part or _TEXT_PARTS.fullmatch(name):
            kept[name] = _without_authors(part)
        elif name.endswith((".xml", ".rels")):
            kept[name] = _without_looks(parsed(part))
    pictures = _Pictures(bounds)
    try:
        converted = mammoth.convert_to_html(
            _packed(kept),
            style_map=STYLE_MAP,
            include_embedded_style_map=False,
            convert_image=pictures.shown,
            ignore_empty_paragraphs=True,
        )
    except (*BROKEN, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise Damaged(sayings.damaged(), type(error).__name__) from error
    return clean_document(str(converted.value))


@dataclass
class _Pictures:
    """Draws the pictures of one document anew and keeps their sum under the limit."""

    bounds: Bounds
    total: int = 0
    drawn: dict[bytes, str] = field(default_factory=dict)

    def shown(self, image: "mammoth.documents.Image") -> list[object]:
        """The `img` for a picture, or its description in words where its format can't be shown."""
        alt = image.alt_text or ""
        description = "" if _FILE_NAME.search(alt) else alt
        source = self._data_uri(image)
        if source is None:
            return [mammoth.html.text(f"[{description or 'picture'}]")]
        self.total += len(source)
        if self.total > self.bounds.unpacked_bytes:
            raise Unacceptable(sayings.unpacks_too_large(in_words(self.bounds.unpacked_bytes)))
        return [mammoth.html.element("img", {"src": source, "alt": description})]

    def _data_uri(self, image: "mammoth.documents.Image") -> str | None:
        form = {"image/png": "PNG", "image/jpeg": "JPEG", "image/jpg": "JPEG", "image/gif": "GIF", "image/bmp": "BMP",
                "image/tiff": "TIFF"}.get(str(image.content_type))  # fmt: skip
        if form is None:
            return None
        try:
            with image.open() as opened:
                raw = bytes(opened.read())
        except (*BROKEN, mammoth.docx.files.InvalidFileReferenceError):
            return None  # a picture that lies elsewhere is never fetched
        if raw not in self.drawn:
            self.drawn[raw] = _drawn_anew(raw, form, self.bounds.pixels)
        return self.drawn[raw]


def _drawn_anew(raw: bytes, form: str, pixels: int) -> str:
    picture = bare(open_picture(io.BytesIO(raw), form, pixels))
    out = io.BytesIO()
    if form == "JPEG":
        as_jpeg(picture, out)
    else:
        as_png(picture, out)
    kind = "jpeg" if form == "JPEG" else "png"
    return html.escape(f"data:image/{kind};base64,{base64.b64encode(out.getvalue()).decode('ascii')}")


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    packed.seek(0)
    return packed


def _without_looks(tree: ET.Element) -> bytes:
    """A part written anew; of styles, only what the text needs."""
    if tree.tag == W + "styles":
        for part in list(tree):
            if part.tag != W + "style":
                tree.remove(part)
        for style in tree:
            style[:] = [child for child in style if child.tag in _USED_OF_STYLE]
    return bytes(ET.tostring(tree))


def _without_authors(part: bytes) -> bytes:
    tree = parsed(part)
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag in _UNREAD or _is_hidden_run(child):
                parent.remove(child)
    for control in tree.iter(W + "sdt"):
        binding = control.find(f"{W}sdtPr/{W}dataBinding")
        if binding is not None and _PROPERTY_BINDING.search(binding.get(W + "xpath", "")):
            _empty(control)
    for simple in tree.iter(W + "fldSimple"):
        if _is_property(simple.get(W + "instr", "")):
            _empty(simple)
    _empty_complex_fields(tree)
    return bytes(ET.tostring(tree, encoding="utf-8"))


def _is_hidden_run(element: ET.Element) -> bool:
    hidden = element.find(f"{W}rPr/{W}vanish") if element.tag == W + "r" else None
    return hidden is not None and hidden.get(W + "val", "true").lower() not in ("false", "0", "off")


def _is_property(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in PROPERTY_FIELDS


def _empty(element: ET.Element) -> None:
    for text in element.iter(W + "t"):
        text.text = ""


def _empty_complex_fields(tree: ET.Element) -> None:
    """Empty the results of property fields, which stand between marks of begin, separate and end, maybe nested."""
    open_fields: list[str] = []
    for element in tree.iter():
        if element.tag == W + "fldChar":
            mark = element.get(W + "fldCharType")
            if mark == "begin":
                open_fields.append("")
            elif mark == "end" and open_fields:
                open_fields.pop()
        elif element.tag == W + "instrText" and open_fields:
            open_fields[-1] += element.text or ""
        elif element.tag == W + "t" and any(_is_property(instruction) for instruction in open_fields):
            element.text = ""
