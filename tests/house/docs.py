"""What the docs must hold, as findings: each yields a sentence for what is missing or wrong."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

LINK = re.compile(r"\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)\s]+)\)")
TEST = re.compile(r"`(\w+/[\w/]+\.py)(?:::(\w+))?`")
MACHINE = re.compile(r"(?<![\w.])(/root|/work|/home|/tmp|/Users)(?=/|\b)|[A-Z]:\\")
ROW = re.compile(r"^\| (?!---)(.+) \|$", re.MULTILINE)


def broken_links(pages: Mapping[str, str], existing: Collection[str]) -> Iterator[str]:
    """Relative links that lead to no file; `existing`: paths of files and folders from the top."""
    for page, text in pages.items():
        for link in LINK.findall(text):
            target = link.partition("#")[0]
            if target and "://" not in target and resolved(page, target) not in existing:
                yield f"{page}: {link} leads nowhere"


def resolved(page: str, target: str) -> str:
    """The path from the top that a link on a page means."""
    parts: list[str] = []
    for part in (*PurePosixPath(page).parent.parts, *PurePosixPath(target).parts):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def without_picture(pages: Mapping[str, str], existing: Collection[str]) -> Iterator[str]:
    """Pages that show no picture which is there."""
    for page, text in pages.items():
        if not any(resolved(page, picture) in existing for picture in PICTURE.findall(text)):
            yield f"{page}: no picture; run `make pictures`"


def unknown_tests(pages: Mapping[str, str], tests: Mapping[str, str]) -> Iterator[str]:
    """Tests that a page names and that aren't there; `tests`: path below tests/ → text."""
    for page, text in pages.items():
        for path, name in TEST.findall(text):
            if path not in tests and not path.startswith("panel_app/"):
                yield f"{page}: there is no {path}"
            elif name and f"def {name}(" not in tests.get(path, ""):
                yield f"{page}: {path} has no {name}"


def rows_without_test(page: str, heading: str) -> Iterator[str]:
    """Rows of the tables of promises (`heading` stands on top of them) that name no test."""
    for table in page.split("\n\n"):
        rows = ROW.findall(table)
        if rows and rows[0] == heading:
            yield from (f"no test: {row}" for row in rows[1:] if not TEST.search(row))


def machine_paths(pages: Mapping[str, str]) -> Iterator[str]:
    """Places of one machine."""
    for page, text in pages.items():
        yield from (f"{page}: {found.group()}" for found in MACHINE.finditer(text))


def not_told(names: Iterable[str], page: str) -> list[str]:
    """Names that stand on the page in no code marks."""
    return [name for name in names if f"`{name}`" not in page and f"`{name} " not in page]
