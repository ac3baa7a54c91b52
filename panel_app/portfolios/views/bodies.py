"""Bodies of background saves: the fields of the act, each of its kind, and no other."""

from typing import Any

from flask import abort, jsonify, make_response, request


def json_body(**kinds: type) -> dict[str, Any]:
    """The request's JSON object with exactly these fields; anything else is answered with 400, naming the field."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        _refuse("send an object")
        return {}
    for name in sorted(set(body) ^ set(kinds)):
        _refuse(f"unknown field: {name}" if name in body else f"missing field: {name}")
    for name, kind in kinds.items():
        if not isinstance(body[name], kind) or (kind is int and isinstance(body[name], bool)):
            _refuse(f"wrong kind of value: {name}")
        if isinstance(body[name], str) and "\x00" in body[name]:
            _refuse(f"a character that can't be stored: {name}")
    return body


def _refuse(reason: str) -> None:
    abort(make_response(jsonify(error=reason), 400))
