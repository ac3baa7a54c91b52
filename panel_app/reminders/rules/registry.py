"""The registry of reminder rules: one file each in `reminders/kinds/`.

    @reminder("score_sheet_due", N_("Score sheets"), reads=sheets_awaited)
    def score_sheet_due(sheet: Waiting, plan: Plan) -> Iterator[Occurrence]:
        '''Reminds an assessor of a score sheet that is awaited.'''
        yield from all_times(plan, sheet)

`reads` finds what waits in a round, `tells` turns one such thing into reminders. The docstring is the text on the page.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from panel_app.foundation.registry import Registry, page_text
from panel_app.reminders.rules.occurrences import Occurrence, Plan, Waiting

Reads = Callable[[int, Collection[str] | None], Iterable[Waiting]]
Tells = Callable[[Waiting, Plan], Iterable[Occurrence]]


@dataclass(frozen=True)
class ReminderRule:
    """One rule: its name (settings and rows refer to it), its title, its text, what it reads and what it tells.

    `reads(round_id, subjects)` runs a constant number of statements; with `subjects` only these things are wanted.
    """

    name: str
    title: str
    says: str
    reads: Reads
    tells: Tells


REMINDERS: Registry[ReminderRule] = Registry("reminder rule", folder="panel_app.reminders.kinds")


def reminder(name: str, title: str, *, reads: Reads) -> Callable[[Tells], Tells]:
    """Register a rule. Raises ValueError for a double name or a missing docstring."""

    def register(tells: Tells) -> Tells:
        REMINDERS.add(ReminderRule(name, title, page_text(tells, "reminder rule"), reads, tells))
        return tells

    return register
