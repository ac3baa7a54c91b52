"""What a later stage has to say before somebody is asked again: on the form that reopens a sheet, or makes an offer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from panel_app.assignment.queries.standing import AssessmentPlace


@dataclass(frozen=True)
class AgainNote:
    """What the form prints above itself: the template that is included with these frozen `rows`."""

    template: str
    rows: Sequence[object]


Reader = Callable[[AssessmentPlace, int | None], AgainNote | None]
_READERS: list[Reader] = []


def again_note(read: Reader) -> Reader:
    """Register a reader: of one assignment by its id, or of a whole assessment. None for nothing to say."""
    if read not in _READERS:
        _READERS.append(read)
    return read


def again_notes(place: AssessmentPlace, assignment_id: int | None = None) -> list[AgainNote]:
    """What all have to say; each runs its own constant number of statements."""
    found = (read(place, assignment_id) for read in _READERS)
    return [note for note in found if note is not None]
