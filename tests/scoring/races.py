"""Acts at the same moment, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask

from panel_app import clock
from panel_app.foundation.database import reading


def at_once(app: Flask, *acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together; what each returned, or the refusal that it raised, in their order."""
    ready, now = Barrier(len(acts)), clock.now()
    results: list[object] = [None] * len(acts)

    def run(place: int) -> None:
        with clock.pinned(now), app.app_context():
            ready.wait(20)
            try:
                results[place] = acts[place]()
            except Exception as refusal:  # noqa: BLE001  the test says which it expects
                results[place] = refusal

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reading().rollback()
    return results
