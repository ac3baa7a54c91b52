"""Static texts leave compressed, made once: by `make assets` for what is large, else at the first request.

Only what lies in the static folder is: it is the same for everybody and holds no secret. Pages never are, because they
carry a token beside what a stranger may have written (BREACH).
"""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, current_app, request

from panel_app.foundation.permissions import Who, allow

SMALLEST = 200
"""Bytes below which compressing saves less than its header costs."""
TWIN = ".br"
"""What `make assets` adds to the name of a large file for its compressed twin."""
PACKABLE = frozenset(
    {"text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/wasm", "font/ttf"}
)


def pack(content: bytes) -> bytes:
    """As small as Brotli makes it: seconds for a megabyte, hence done once."""
    return bytes(brotli.compress(content, quality=11))


# The first is preferred; the second is what a proxy on the way may have left of a browser's wishes.
PACKERS: Mapping[str, Callable[[bytes], bytes]] = {"br": pack, "gzip": lambda content: gzip.compress(content, mtime=0)}


def static_file(filename: str) -> Response:
    """A file of the static folder, compressed when it is a text and its reader takes that. Raises NotFound."""
    return packed(current_app.send_static_file(filename), Path(current_app.static_folder or "", filename))


def packed(answer: Response, path: Path) -> Response:
    """The same answer compressed, under an ETag of its own. `path`: the file that it hands out, inside our folder.

    A part of a file (`Range`) is a part of the file itself, never of its compressed form.
    """
    if answer.mimetype not in PACKABLE:
        return answer
    answer.vary.add("Accept-Encoding")
    encoding = request.accept_encodings.best_match([*PACKERS, "identity"])
    if answer.status_code != 200 or "Range" in request.headers or encoding not in PACKERS:
        return answer
    small = _small(path, path.stat().st_mtime_ns, encoding)
    if small is None:
        return answer
    answer.close()
    answer.direct_passthrough = False
    answer.set_data(small)
    answer.headers["Content-Encoding"] = encoding
    answer.set_etag(f"{answer.get_etag()[0]}-{encoding}")
    answer.make_conditional(request)
    return answer


@lru_cache(maxsize=512)
def _small(path: Path, _changed: int, encoding: str) -> bytes | None:
    """A file compressed, kept for as long as this process lives; none where that saves nothing."""
    twin = path.with_name(path.name + TWIN)
    if encoding == "br" and twin.is_file():
        return twin.read_bytes()
    content = path.read_bytes()
    small = PACKERS[encoding](content) if len(content) >= SMALLEST else content
    return small if len(small) < len(content) else None


def init_app(app: Flask) -> None:
    """Static files are for anyone."""
    app.view_functions["static"] = allow(Who.ANYONE)(static_file)
