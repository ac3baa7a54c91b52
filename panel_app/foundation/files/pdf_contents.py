"""The drawing programs of a PDF (pages, forms, patterns, letters), freed of words that they carry but don't draw.

Programs that write tagged PDF put descriptions of pictures, languages and expansions into marks between the drawing
steps; comments may stand anywhere.
"""

import re

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Pdf, Stream

_MARK = re.compile(rb"(?:BDC|DP)(?![A-Za-z0-9])")
_PLAIN_MARK = re.compile(rb"/[^\s/<>()\[\]{}%]+\s*(?:<<\s*/MCID\s+\d+\s*>>|/[^\s/<>()\[\]{}%]+)\s*\Z")
_BEFORE = 300
_Step = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
_WITH_LIST = frozenset({"BDC", "DP"})


def bare_contents(made: Pdf) -> None:
    """Rewrite every drawing program that carries words. Raises pikepdf.PdfError for one that can't be read."""
    for page in made.pages:
        page.contents_coalesce()
        contents = page.obj.get(Name.Contents)
        if isinstance(contents, Stream):
            _bare(contents, page)
    for thing in made.objects:
        if isinstance(thing, Stream) and (thing.get(Name.Subtype) == Name.Form or thing.get(Name.PatternType) == 1):
            _bare(thing, thing)
        elif isinstance(thing, Dictionary) and thing.get(Name.Subtype) == Name.Type3:
            _bare_letters(thing)


def _bare_letters(font: Object) -> None:
    letters = font.get(Name.CharProcs)
    if isinstance(letters, Dictionary):
        for key in letters.keys():  # noqa: SIM118  iterating over an object yields values, not keys
            letter = letters[key]
            if isinstance(letter, Stream):
                _bare(letter, letter)


def _bare(stream: Stream, program: Page | Object) -> None:
    if not _carries_words(stream.read_bytes()):
        return
    steps = pikepdf.parse_content_stream(program)
    stream.write(pikepdf.unparse_content_stream([_bare_step(step) for step in steps]))


def _bare_step(step: _Step) -> _Step:
    """The step itself; of a mark with a list of properties, the mark with its number alone."""
    operands = list(step.operands)
    if str(step.operator) not in _WITH_LIST or not isinstance(operands[-1], Dictionary):
        return step
    number = operands[-1].get(Name.MCID)
    kept = Dictionary() if number is None else Dictionary(MCID=int(number))
    return pikepdf.ContentStreamInstruction([operands[0], kept], step.operator)


def _carries_words(drawn: bytes) -> bool:
    """Say whether there is a comment, or a mark with more than a number. Words in a drawn text may look so: no harm."""
    if b"%" in drawn:
        return True
    marks = (drawn[max(0, mark.start() - _BEFORE) : mark.start()] for mark in _MARK.finditer(drawn))
    return any(not _PLAIN_MARK.search(before) for before in marks)
