"""Codes of rounds: short, in capitals, the beginning of every reference (CPAP-27A → CPAP-27A-K7Q2)."""

import re

_CODE = re.compile(r"[A-Z0-9]{1,10}(-[A-Z0-9]{1,10}){0,2}")
MOST_LETTERS = 20


def code_of(text: str) -> str | None:
    """Return a typed code as it is kept, in capitals, or None when it can't be one."""
    code = text.strip().upper()
    return code if len(code) in range(2, MOST_LETTERS + 1) and _CODE.fullmatch(code) else None
