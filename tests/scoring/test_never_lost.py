"""Two tabs × two portfolios × two devices × back button × lost answers: no text goes astray, and none is lost."""

from collections import defaultdict
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from panel_app.demo.builders.scoring import a_started_sheet
from panel_app.foundation.keys import new_key
from tests.scoring.devices import Tab, Waiting
from tests.scoring.places import Place, a_place
from tests.scoring.saves import head_of, history_of, stored

pytestmark = pytest.mark.both_databases
FIELDS = ("C1.rationale", "C2.feedback", "note")


class Evening(RuleBasedStateMachine):
    """What a member does with tabs on two devices, and what the line does to them."""

    places: ClassVar[tuple[Place, ...]] = ()
    count: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.tabs: dict[tuple[str, int], list[Tab]] = {(device, 0): [] for device in ("phone", "desk")}
        self.left: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
        self.typed: dict[str, dict[str, list[str]]] = {each.key: defaultdict(list) for each in self.places}
        self.replaced: set[str] = set()

    def all_tabs(self) -> list[Tab]:
        return [tab for tabs in self.tabs.values() for tab in tabs]

    @precondition(lambda self: len(self.all_tabs()) < 4)
    @rule(device=st.sampled_from(["phone", "desk"]), sheet=st.integers(0, 1))
    def open_tab(self, device: str, sheet: int) -> None:
        """A page as the server shows it; it takes over what a closed one left on its device."""
        head = head_of(self.places[sheet].key)
        values = stored(self.places[sheet].key)
        boxes = {name: values.get(name, "") for name in FIELDS}
        tab = Tab(self.places[sheet].key, new_key(), boxes, dict.fromkeys(FIELDS, head.revision))
        tab.take_over(self.left.pop((device, tab.sheet), []))
        self.tabs[device, 0].append(tab)

    @precondition(lambda self: self.all_tabs())
    @rule(which=st.integers(0, 9), name=st.sampled_from(FIELDS))
    def type_text(self, which: int, name: str) -> None:
        """A text that no other is; what stood unsent in the same box goes with the person's own will."""
        tab = self.all_tabs()[which % len(self.all_tabs())]
        type(self).count += 1
        text = f"{tab.sheet}/{name}/{type(self).count}"
        self.replaced.add(tab.boxes[name])
        tab.type(name, text)
        self.typed[tab.sheet][name].append(text)

    @precondition(lambda self: self.all_tabs())
    @rule(which=st.integers(0, 9), answer_is_lost=st.booleans())
    def send(self, which: int, answer_is_lost: bool) -> None:
        """One save of one tab; its answer may never come."""
        tab = self.all_tabs()[which % len(self.all_tabs())]
        tab.send(self.places[0].actor, answer_is_lost=answer_is_lost)

    @precondition(lambda self: any(tab.clashes for tab in self.all_tabs()))
    @rule()
    def choose(self) -> None:
        """Somebody looks at two texts and keeps the one in the box."""
        tab = next(tab for tab in self.all_tabs() if tab.clashes)
        tab.choose_mine(next(iter(tab.clashes)))

    @precondition(lambda self: self.all_tabs())
    @rule(which=st.integers(0, 9))
    def close_or_go_back(self, which: int) -> None:
        """A tab is closed, killed, or left by the back button: what it had not sent stays on its device."""
        device, tab = [(device, tab) for (device, _), tabs in self.tabs.items() for tab in tabs][
            which % len(self.all_tabs())
        ]
        self.tabs[device, 0].remove(tab)
        self.left[device, tab.sheet] += [*tab.inherited, *tab.waiting.values()]

    def teardown(self) -> None:
        """The line comes back, everybody sends and chooses: then everything that waited is in the history."""
        for device in ("phone", "desk"):
            for sheet in (0, 1):
                self.open_tab(device, sheet)
        for _ in range(12 * len(self.all_tabs())):
            for tab in self.all_tabs():
                while tab.clashes:
                    tab.choose_mine(next(iter(tab.clashes)))
                tab.send(self.places[0].actor, answer_is_lost=False)
        assert [tab.keeps() for tab in self.all_tabs() if tab.keeps()] == []
        for place in self.places:
            saves = history_of(head_of(place.key).id)
            saved = {change.value for changes in saves.values() for change in changes}
            assert [text for text in saved if not text.startswith(f"{place.key}/")] == []
            for name, texts in self.typed[place.key].items():
                assert set(texts) - {change.value for change in saves[name]} - self.replaced == set()


def test_no_text_lands_on_the_wrong_sheet_and_none_is_lost(app: object) -> None:
    first = a_place()
    Evening.places = (first, a_place(first.round_, first.member))
    for each in Evening.places:
        a_started_sheet(each.key)

    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
