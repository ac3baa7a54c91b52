"""Bytes of evidence: an address of one's own leads to a signed one that lives ten minutes, in this session alone."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO

from flask import Response, current_app, redirect, request, session, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import ContentRange
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.files.serving import file_headers
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.standing_facts import evidence_facts
from panel_app.portfolios.services.reading import OpenedFile, Which, read_evidence, zip_own_evidence
from panel_app.portfolios.views.blueprint import bp

LIVES = timedelta(minutes=10)
"""An address of a file is for one person and a short while: long enough to load a large one on a slow line."""
CHUNK = 64 * 1024


def file_address(which: Which, key: str) -> str:
    """A signed address of a file, bound to this session, for ten minutes. The right is asked again at its use."""
    ends = (clock.now() + LIVES).isoformat()
    return url_for("portfolios.file", token=_signer().dumps([which.value, key, ends, _session_mark()]))


@bp.get("/files/<token>")
@allow(Who.SIGNED_IN)
def file(token: str) -> AnyResponse:
    """The bytes behind a signed address; not found in another session, too late, or when the right is gone."""
    which, key = _read(token)
    return answer_with(read_evidence(actor(), key, which))


@bp.get("/portfolios/evidence/<key:evidence_key>/original")
@allow(Who.SIGNED_IN)
def original(evidence_key: str) -> AnyResponse:
    """The owner's own file, under its own name. A coordinator opens one with a button, which is kept in the history."""
    facts = evidence_facts(evidence_key)
    must(can(actor(), PortfolioAct.READ, facts.key if facts else ""))
    return redirect(file_address(Which.ORIGINAL, evidence_key), 303)


@bp.get("/portfolios/<key:portfolio_key>/evidence.zip")
@allow(Who.SIGNED_IN)
def evidence_zip(portfolio_key: str) -> AnyResponse:
    """All own files in one archive."""
    archive = zip_own_evidence(actor(), portfolio_key)
    answer = Response(_chunks(archive), headers=file_headers("evidence.zip", "application/zip", may_show=False))
    answer.call_on_close(archive.close)
    return answer


def answer_with(opened: OpenedFile) -> AnyResponse:
    """The answer that hands out an opened file so that it can't act; the part of it that a `Range` header asks for."""
    headers = file_headers(opened.row.name, opened.row.media_type, may_show=opened.row.may_show)
    begin, end = _part(opened)
    opened.content.seek(begin)
    answer = Response(_chunks(opened.content, end - begin), headers=headers)
    answer.call_on_close(opened.content.close)
    answer.content_length = end - begin
    answer.accept_ranges = "bytes"
    if request.range is not None:
        answer.status_code = 206
        answer.content_range = ContentRange("bytes", begin, end, opened.row.size)
    return answer


def _part(opened: OpenedFile) -> tuple[int, int]:
    """The bytes that were asked for, from one to before another: all, or one part (RFC 9110, 14.2). Answers 416."""
    if request.range is None:
        return 0, opened.row.size
    part = request.range.range_for_length(opened.row.size)
    if part is None:
        opened.content.close()
        raise RequestedRangeNotSatisfiable(opened.row.size)
    return part


def _chunks(file: IO[bytes], most: int | None = None) -> Iterator[bytes]:
    """The bytes of a file from where it stands, at most so many; it is closed at its end."""
    with file:
        left = most
        while chunk := file.read(CHUNK if left is None else min(CHUNK, left)):
            left = None if left is None else left - len(chunk)
            yield chunk


def _read(token: str) -> tuple[Which, str]:
    try:
        which, key, ends, mark = _signer().loads(token)
    except (BadData, ValueError) as error:
        raise Refused(NOT_FOUND) from error
    if mark != _session_mark() or clock.now() > datetime.fromisoformat(ends):
        raise Refused(NOT_FOUND)
    return Which(which), key


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="portfolios.file")


def _session_mark() -> str:
    """Names this sign-in without showing its token."""
    return hashlib.sha256(f"file:{session.get('sign_in', '')}".encode()).hexdigest()[:32]
