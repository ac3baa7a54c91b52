"""Hostile texts for the sanitiser: element × vector × encoding, and some that parsers have stumbled over."""

import html
import itertools
from collections.abc import Iterator
from urllib.parse import quote

ELEMENTS = ("script", "img", "svg", "a", "iframe", "math", "style", "form", "details", "video", "object", "x-own")
ATTRIBUTES = (
    "onload=alert(1)",
    "onerror='alert(1)'",
    'onclick="alert(1)"',
    "style=background:url(//h.example)",
    "src=//h.example/x",
    "srcdoc='<script>alert(1)</script>'",
    "href=javascript:alert(1)",
    "xlink:href=data:text/html,x",
    "id=a name=b class=c",
    "autofocus onfocus=alert(1)",
    "formaction=javascript:alert(1)",
    "data-behaviour=autosave hx-get=//h.example",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#x6a;avascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "//h.example/x",
    "/admin",
    "../up",
    "\\\\h.example\\x",
    "https:h.example",
    "https:/h.example",
    "https://user@h.example/",
    "https://a\\@h.example/",
    "blob:https://h.example/1",
    "ftp://h.example/",
    "tel:+351",
    "mailto:a@example.org?body=x&bcc=b@h.example",
    "#top",
    "?q",
    "http://",
    'https://h.example/"onmouseover=alert(1)',
    "https://h.example/'><script>alert(1)</script>",
)
FRAMES = ("[x]({0})", "[x](<{0}>)", "![x]({0})", "<{0}>", "[x][r]\n\n[r]: {0}", '<a href="{0}">x</a>', '[x]({0} "t")')
STUMBLES = (
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<!doctype html>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1);//<</script>",
    "</p><script>alert(1)</script><p>",
    "<img src=x\x00 onerror=alert(1)>",
    "<im\x00g src=x onerror=alert(1)>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '``` "><script>alert(1)</script>\nx\n```',
    "~~~js onload=alert(1)\nx\n~~~",
    "| <script> | b |\n|---|---|\n| <img src=x> | [x](javascript:a) |",
    "<https://h.example/<script>alert(1)</script>>",
    "[<img src=x onerror=alert(1)>](https://h.example)",
    "[![x](//h.example/x.png)](javascript:alert(1))",
    "![<script>alert(1)</script>](https://h.example/x.png)",
    "1. <b>\n   2. <i onclick=alert(1)>",
    "> <q cite=javascript:alert(1)>",
    "# <h1 onclick=alert(1)>",
    "&lt;script&gt;alert(1)",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script\\>alert(1)\\</script\\>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<plaintext>",
    "<textarea><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<base href=//h.example>",
    "<meta http-equiv=refresh content=0;url=//h.example>",
    "<link rel=stylesheet href=//h.example>",
)


def payloads() -> Iterator[str]:
    """Every payload of the corpus."""
    for element, attribute in itertools.product(ELEMENTS, ATTRIBUTES):
        tag = f"<{element} {attribute}>inside</{element}>"
        yield from (tag, f"words {tag.upper()} words", f"{tag[:-1]}", html.escape(tag), f"- {tag}\n\n> {tag}")
    for frame, address in itertools.product(FRAMES, ADDRESSES):
        yield from (frame.format(address), frame.format(quote(address)), frame.format(html.escape(address)))
    yield from STUMBLES
    yield from (stumble.replace("<", "&lt;") for stumble in STUMBLES)
