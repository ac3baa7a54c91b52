"""A model of the people's side for the test that loses nothing: pages on devices, each with what it knows and keeps."""

from dataclasses import dataclass, field, replace

from panel_app.foundation.actors import Actor
from panel_app.foundation.keys import new_key
from panel_app.scoring.services import FieldChange, Stale, save_field


@dataclass
class Waiting:
    """A change that is kept on a device until it was acknowledged; `was_sent`: it may be on the server."""

    change: FieldChange
    was_sent: bool = False


@dataclass
class Tab:
    """An open page of one sheet: what stands in its boxes, what it has seen, and what it still has to send."""

    sheet: str
    page: str
    boxes: dict[str, str]
    seen: dict[str, int]
    waiting: dict[str, Waiting] = field(default_factory=dict)
    inherited: list[Waiting] = field(default_factory=list)
    clashes: dict[str, int] = field(default_factory=dict)

    def type(self, name: str, text: str) -> None:
        """Write into a box: the newest text of a field waits, after one that may have arrived."""
        was_sent = name in self.waiting and self.waiting[name].was_sent
        self.boxes[name] = text
        self.waiting[name] = Waiting(FieldChange(name, text, self.seen[name], new_key(), self.page), was_sent)

    def send(self, actor: Actor, *, answer_is_lost: bool) -> None:
        """Send the first thing that waits, as the page's script does."""
        first = self.inherited[0] if self.inherited else next(iter(self._free()), None)
        if first is None:
            return
        change, is_own = first.change, first.change.page == self.page
        if is_own:
            change = replace(change, revision=max(change.revision, self.seen[change.field]))
        first.was_sent = True
        try:
            saved = save_field(actor, self.sheet, change)
        except Stale as stale:
            if not answer_is_lost:
                self._meet(first, stale.clash.revision)
            return
        if answer_is_lost:
            return
        self._forget(first)
        self.seen[change.field] = max(saved.revision, self.seen[change.field])
        for name, other in saved.others.items():
            if name not in self.waiting and all(each.change.field != name for each in self.inherited):
                self.boxes[name], self.seen[name] = other.value, max(other.revision, self.seen[name])

    def choose_mine(self, name: str) -> None:
        """Keep what stands in the box: it was read beside the other text."""
        self.seen[name] = max(self.seen[name], self.clashes.pop(name))
        self.type(name, self.boxes[name])

    def keeps(self) -> list[FieldChange]:
        """What the device holds for this page."""
        return [each.change for each in (*self.inherited, *self.waiting.values())]

    def take_over(self, left: list[Waiting]) -> None:
        """Take over what a page that is gone left here; it goes first, and shows where nothing else stands."""
        for each in left:
            if each.change.field not in self.waiting:
                self.boxes[each.change.field] = each.change.value
            self.inherited.append(each)

    def _free(self) -> list[Waiting]:
        return [each for name, each in self.waiting.items() if name not in self.clashes]

    def _meet(self, first: Waiting, revision: int) -> None:
        """Two texts: the page's own is held until its person chooses; an inherited one becomes the page's own first."""
        name = first.change.field
        if first.change.page != self.page:
            if name in self.waiting:
                self.inherited = [*self.inherited[1:], first]
                self.clashes.setdefault(name, revision)
                return
            self.inherited.remove(first)
            self.type(name, first.change.value)
        self.clashes[name] = revision

    def _forget(self, done: Waiting) -> None:
        if done in self.inherited:
            self.inherited.remove(done)
        elif self.waiting.get(done.change.field) is done:
            del self.waiting[done.change.field]
