"""Checkers of the house's limits: pure functions from texts to findings, so that each can be shown a bad sample.

`Texts` maps a path, relative to the project's folder, to a file's text. A finding is one sentence that begins with
the path.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

Texts = Mapping[str, str]

VAGUE_NAMES = frozenset({"common", "helper", "helpers", "misc", "util", "utils"})
CLOCK_READS = re.compile(
    r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btime\.time(?:_ns)?\(|\bfunc\.now\(|CURRENT_TIMESTAMP"
)
SCRIPT_TAG = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*?\s(on[a-z]+)\s*=|javascript:", re.IGNORECASE)
STYLE = re.compile(r"<style\b|<[a-z][^>]*?\sstyle\s*=", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
MACHINE_PATH = re.compile(r"(?<![\w.}/])/(?:work|root|home/[a-z]\w*)/")
IMPURE = ("flask", "jinja2", "sqlalchemy", "werkzeug", "wtforms", "panel_app.clock", "panel_app.config")
INDEX_LINE = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|^\s*-[if]\s", re.MULTILINE)
JS_BLOCK = re.compile(
    r"\bfunction\b[^{;]*\{|=>\s*\{|^\s+(?:async |static |get |set )*#?\w+\([^;{}]*\)\s*\{", re.MULTILINE
)


def long_files(texts: Texts, most: int) -> Iterator[str]:
    """Files of more lines than `most`."""
    for path, text in texts.items():
        lines = len(text.splitlines())
        if lines > most:
            yield f"{path}: {lines} lines, the limit is {most}."


def long_functions(texts: Texts, most: int) -> Iterator[str]:
    """Functions of Python and JavaScript files of more lines than `most`."""
    for path, text in texts.items():
        spans = python_spans(text) if path.endswith(".py") else script_spans(text)
        for name, line, lines in spans:
            if lines > most:
                yield f"{path}:{line}: {name} has {lines} lines, the limit is {most}."


def python_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Name, first line and number of lines of each function."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def script_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The same of JavaScript, by its braces."""
    for match in JS_BLOCK.finditer(text):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        first = text.count("\n", 0, match.end())
        yield match[0].strip().splitlines()[-1], first + 1, text.count("\n", 0, end) - first + 1


def commit_sites(texts: Texts) -> list[str]:
    """Each call of a `.commit()`."""
    return [
        f"{path}:{node.lineno}"
        for path, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]


def clock_reads(texts: Texts) -> Iterator[str]:
    """Reads of the time by anything but our own clock."""
    for path, line, text in code_lines(texts):
        if CLOCK_READS.search(text):
            yield f"{path}:{line}: reads the time; ask panel_app.clock."


def code_lines(texts: Texts) -> Iterator[tuple[str, int, str]]:
    """Path, number and text of each line."""
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            yield path, number, line


def inline_code(texts: Texts) -> Iterator[str]:
    """Scripts, styles and handlers that stand in a template; a mail has no other place for its styles."""
    for path, text in texts.items():
        for tag in SCRIPT_TAG.finditer(text):
            if "src=" not in tag[1] and 'type="application/json"' not in tag[1]:
                yield f"{path}: a script stands in the page."
        if HANDLER.search(text):
            yield f"{path}: a handler stands in a tag."
        if STYLE.search(text) and "mail" not in PurePosixPath(path).parts:
            yield f"{path}: a style stands in the page."


def vague_names(texts: Texts) -> Iterator[str]:
    """Files and folders whose name fits everything."""
    for path in texts:
        parts = PurePosixPath(path).with_suffix("").parts
        vague = {word for part in parts for word in part.split("_") if word in VAGUE_NAMES}
        if vague:
            yield f"{path}: say what it is instead of {', '.join(sorted(vague))}."


def unescaped(texts: Texts, allowed: Mapping[str, str]) -> Iterator[str]:
    """Places that hand text to a page as it is, other than those in `allowed` (path: why)."""
    for path, line, text in code_lines(texts):
        if UNESCAPED.search(text) and path not in allowed:
            yield f"{path}:{line}: puts text into the page unescaped."


def impure_rules(texts: Texts) -> Iterator[str]:
    """Imports in files of rules that a pure function has no need of."""
    for path, text in texts.items():
        for module in imported(text):
            if any(module == name or module.startswith((f"{name}.", f"{name}_")) for name in IMPURE):
                yield f"{path}: imports {module}."


def imported(text: str) -> Iterator[str]:
    """The full names of what a file imports; `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_rules(path: str) -> bool:
    """Is this a file of rules (`rules.py`, `…_rules.py`, or one in a folder `rules/`), or of names/?"""
    parts = PurePosixPath(path).with_suffix("").parts
    return parts[-1].split("_")[-1] == "rules" or "rules" in parts or parts[:2] == ("panel_app", "names")


def out_of_place(texts: Texts) -> Iterator[str]:
    """Marks of unfinished work, and paths of one machine."""
    for path, line, text in code_lines(texts):
        if UNFINISHED.search(text):
            yield f"{path}:{line}: marks unfinished work."
        if MACHINE_PATH.search(text):
            yield f"{path}:{line}: names a folder of one machine."


def silent_targets(makefile: str) -> list[str]:
    """Targets of a Makefile that no `##` text explains."""
    rules = re.findall(r"^([a-z][\w-]*):(?!=)(.*)$", makefile, re.MULTILINE)
    explained = {name for name, rest in rules if re.search(r"## \S", rest)}
    return sorted({name for name, _ in rules} - explained)


def named_hosts(texts: Texts) -> Iterator[str]:
    """Lines of a lock that bind it to an index."""
    for path, line, text in code_lines(texts):
        if INDEX_LINE.search(text):
            yield f"{path}:{line}: names an index."
