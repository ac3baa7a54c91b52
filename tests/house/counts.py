"""Numbers before nouns: "1 assessors" is what a reader sees where only the many were thought of."""

import ast
import re
from collections.abc import Iterator

NOUNS = [
    "accounts",
    "assessments",
    "assessors",
    "bytes",
    "candidates",
    "cases",
    "conflicts",
    "copies",
    "criteria",
    "days",
    "decisions",
    "domains",
    "files",
    "findings",
    "hours",
    "items",
    "jobs",
    "letters",
    "characters",
    "levels",
    "links",
    "members",
    "messages",
    "minutes",
    "months",
    "outcomes",
    "pages",
    "pairs",
    "parts",
    "people",
    "persons",
    "pictures",
    "pieces",
    "pixels",
    "places",
    "portfolios",
    "proposals",
    "questions",
    "reasons",
    "reminders",
    "results",
    "rounds",
    "rows",
    "seconds",
    "sections",
    "sheets",
    "signatures",
    "signers",
    "submissions",
    "things",
    "times",
    "tries",
    "weeks",
    "words",
    "years",
]
ONE_OF = "more|other|panel|score|of at least|of at most"
BEFORE_NOUN = re.compile(rf"%\((\w+)\)s (?:(?:{ONE_OF}) )?(?:%\(\w+\)s )?({'|'.join(NOUNS)})\b")
NOUN_FIRST = re.compile(rf"\A (?:(?:{ONE_OF}) )?({'|'.join(NOUNS)})\b")
WITH_BOTH = ("ngettext", "lazy_ngettext", "counting")
TEMPLATE_PAIR = re.compile(r'ngettext\(\s*"[^"]*",\s*"[^"]*"')


def uncounted_in_code(text: str) -> Iterator[str]:
    """Strings of a module that put a number before a plural and have no form for one."""
    tree = ast.parse(text)
    paired = {id(form) for call in ast.walk(tree) if isinstance(call, ast.Call) for form in _forms(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in paired:
            yield from (f"line {node.lineno}: {found[0]}" for found in BEFORE_NOUN.finditer(node.value))
        if isinstance(node, ast.JoinedStr):
            yield from (f"line {node.lineno}: {{}}{found}" for found in _after_numbers(node))


def _after_numbers(text: ast.JoinedStr) -> Iterator[str]:
    for number, words in zip(text.values, text.values[1:], strict=False):
        if isinstance(number, ast.FormattedValue) and isinstance(words, ast.Constant):
            yield from (found[0] for found in NOUN_FIRST.finditer(str(words.value)))


def uncounted_in_template(text: str) -> Iterator[str]:
    """Sentences of a template that put a number before a plural and have no form for one."""
    yield from (found[0] for found in BEFORE_NOUN.finditer(TEMPLATE_PAIR.sub("", text)))


def _forms(call: ast.Call) -> list[ast.expr]:
    """The one and the many of a call that counts, also where `partial` puts it off."""
    names = [getattr(each, "id", getattr(each, "attr", "")) for each in (call.func, *call.args[:1])]
    if names[0] in WITH_BOTH:
        return call.args[:2]
    return call.args[1:3] if names[0] == "partial" and names[-1] in WITH_BOTH else []
