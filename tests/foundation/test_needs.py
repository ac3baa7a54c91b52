"""What needs a person now: gathered from every stage, what is stuck first, then by date."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from panel_app.foundation import needs as registry
from panel_app.foundation.actors import GUEST, Actor
from panel_app.foundation.needs import Need, needs, needs_of
from panel_app.foundation.states import Tone
from panel_app.foundation.words import Sentence

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def a_need(name: str, tone: Tone = Tone.WAIT, days: int | None = None, order: int = 0) -> Need:
    due = NOW + timedelta(days=days) if days is not None else None
    return Need(tone, Sentence(name), Sentence("because"), "/x", Sentence("Act"), due_at=due, order=order)


@pytest.fixture
def alone() -> Iterator[None]:
    kept = dict(registry._PROVIDERS)
    registry._PROVIDERS.clear()
    yield
    registry._PROVIDERS.clear()
    registry._PROVIDERS.update(kept)


def test_stuck_first_then_the_earliest_date_then_the_order(alone: None) -> None:
    @needs("tests.one")
    def one(actor: Actor) -> list[Need]:
        return [a_need("undated", order=2), a_need("late", days=9), a_need("stuck", Tone.BAD), a_need("soon", days=1)]

    @needs("tests.two")
    def two(actor: Actor) -> list[Need]:
        return [a_need("stuck and dated", Tone.BAD, days=3), a_need("undated, first", order=1)]

    found = [str(need.sentence) for need in needs_of(GUEST)]

    assert found == ["stuck and dated", "stuck", "soon", "late", "undated, first", "undated"]


def test_double_name_stops_the_start(alone: None) -> None:
    needs("tests.one")(lambda _: [])

    with pytest.raises(ValueError, match=r"tests\.one"):
        needs("tests.one")(lambda _: [])
