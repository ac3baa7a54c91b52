"""The one sanitiser: Markdown and documents to HTML that can neither act nor fetch."""

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

TAGS = frozenset(
    {"p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "s", "sup", "sub", "code", "pre", "blockquote", "a",
     "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
)  # fmt: skip
ATTRIBUTES = {"a": frozenset({"href"}), "ol": frozenset({"start"}), "td": frozenset({"colspan", "rowspan"}),
              "th": frozenset({"colspan", "rowspan"})}  # fmt: skip
SCHEMES = frozenset({"http", "https", "mailto"})
REL = "noopener nofollow"
PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}")
_LINK = re.compile(r"(?:https?://[^\s\\/?#@]+(?:[/?#]\S*)?|mailto:[^\s,?&]+@[^\s,?&]+)", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_BODY = re.compile(r"<body>\n(.*)\n</body>", re.DOTALL)
# The page has one h1 and its own h2: headings in a text begin below them.
HEADING_SHIFT = 2


def render_markdown(text: str) -> str:
    """Markdown (CommonMark, tables, strike-through) as safe HTML.

    Raw HTML is shown as text, a picture as its description, a link only with http, https or mailto.
    """
    rendered: str = _markdown().render(text.replace("\x00", "\ufffd"))
    return clean_html(rendered)


def clean_html(fragment: str) -> str:
    """Keep `TAGS`, `ATTRIBUTES` and links of `SCHEMES`; anything else goes, scripts and styles with their content."""
    return _clean(fragment, pictures=False)


def clean_document(fragment: str) -> str:
    """As `clean_html`, and keeps pictures whose bytes stand in the text itself (PNG and JPEG data URIs)."""
    return _clean(fragment, pictures=True)


def whole_page(fragment: str, label: str) -> str:
    """A small HTML file around a clean fragment, so that a downloaded copy has a title and a charset."""
    title = html.escape(label)
    return (
        f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n'
        f"<body>\n{fragment}\n</body>\n</html>\n"
    )


def fragment_of(page: str) -> str:
    """The part of a panel copy made by `whole_page` that goes into a page of ours; cleaned once more."""
    found = _BODY.search(page)
    return clean_document(found.group(1) if found else "")


def says_something(fragment: str) -> bool:
    """Say whether a clean fragment shows a letter or a picture."""
    return "<img " in fragment or bool(html.unescape(re.sub(r"<[^>]*>", "", fragment)).strip())


def _clean(fragment: str, *, pictures: bool) -> str:
    attributes: dict[str, set[str]] = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    attributes["*"] = set()  # without this line nh3 lets `title` and `lang` pass on every element
    if pictures:
        attributes["img"] = {"src", "alt"}
    return nh3.clean(
        fragment,
        tags=set(TAGS) | ({"img"} if pictures else set()),
        attributes=attributes,
        attribute_filter=_kept_value,
        url_schemes=set(SCHEMES) | ({"data"} if pictures else set()),
        url_relative="deny",
        link_rel=REL,
    )


def _kept_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if _LINK.fullmatch(value) else None
    if attribute == "src":
        return value if PICTURE.fullmatch(value) else None
    if attribute in ("start", "colspan", "rowspan"):
        return value if _NUMBER.fullmatch(value) else None
    return value


def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  only a process that reads such a file loads it

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: bool(_LINK.fullmatch(url))  # type: ignore[method-assign]  # its documented hook
    parser.add_render_rule("image", _picture_as_text)
    parser.add_render_rule("heading_open", _lower_heading)
    parser.add_render_rule("heading_close", _lower_heading)
    return parser


def _picture_as_text(
    renderer: "RendererProtocol", tokens: "Sequence[Token]", index: int, options: "OptionsDict", env: "EnvType"
) -> str:
    return html.escape(tokens[index].content)


def _lower_heading(
    renderer: "RendererProtocol", tokens: "Sequence[Token]", index: int, options: "OptionsDict", env: "EnvType"
) -> str:
    token = tokens[index]
    level = min(6, int(token.tag[1:]) + HEADING_SHIFT)
    return f"<h{level}>" if token.nesting == 1 else f"</h{level}>\n"
