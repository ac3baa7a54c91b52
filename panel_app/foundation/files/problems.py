"""What can be wrong with a file, each with a sentence that says what to do."""

from panel_app.foundation.words import Sentence


class FileProblem(Exception):
    """Something is wrong with a file; `sentence` is for the person who sent it."""

    def __init__(self, sentence: Sentence, detail: str = "") -> None:
        """Keep the sentence, and for the operator's log a detail that names no content."""
        super().__init__(str(sentence))
        self.sentence = sentence
        self.detail = detail


class Unacceptable(FileProblem):
    """The file is not one that we take: wrong type, empty, locked, renamed, too large, carrying code."""


class Damaged(FileProblem):
    """The file can't be read to its end: it is cut, broken, or made to break its reader."""


class LimitReached(FileProblem):
    """Reading the file hit a limit of the cage."""


class TooLong(LimitReached):
    """The limit was time."""


class TooBig(LimitReached):
    """The limit was memory or the size of what was written."""


class Incomplete(FileProblem):
    """What arrived has not the length or the hash that was announced, or goes past the limit."""


class DamagedFile(FileProblem):
    """A stored file is gone or no longer has the hash under which it was kept."""
