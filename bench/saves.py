"""Saves of score sheets a second, by the page's request and by the service, against a bare view with one UPDATE."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from flask import Flask
from sqlalchemy import Engine, update

from bench.databases import Site
from bench.pages import signed_in, token_of, typical_member
from bench.played import NOW
from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.foundation.database import db, reading
from panel_app.foundation.keys import new_key
from panel_app.scoring.models import ScoreSheet
from panel_app.scoring.queries import sheet_head
from panel_app.scoring.services import FieldChange, save_field

SAVES = 200
WARM_UP = 10
FIELDS = tuple(f"C{number}.{part}" for number in range(1, 7) for part in ("rationale", "feedback"))
TEXT = "Two releases with figures before and after, and a rota that answers its alerts; save {number} of many."


@dataclass(frozen=True)
class SaveRow:
    """Saves a second, each way, at one size."""

    size: int
    request: float
    service: float
    bare: float


class Saver:
    """One member with an open sheet, at a browser and at the service, and the bare view beside them."""

    def __init__(self, site: Site) -> None:
        self.app, self.number = site.app, 0
        with self.app.app_context(), clock.pinned(NOW):
            member = typical_member(site.played.round.id)
            self.key, self.actor = member.assignment_key, actor_of(member.person_id)
            facts = assignment_facts(self.key)
            assert facts is not None
            head = sheet_head(facts.id)
            assert head is not None
            self.revision, self.page = head.revision, new_key()
            self.client = signed_in(self.app, member.person_id)
            self.bare_client = _bare(db.engine, head.id).test_client()
            reading().rollback()
        self.headers = {"X-CSRFToken": token_of(self.app, self.client), "Origin": "http://localhost"}

    def request(self) -> None:
        """One save as the page sends it."""
        body = {"assignment": self.key, **self._change()}
        response = self.client.patch(f"/reviews/{self.key}/sheet", json=body, headers=self.headers)
        assert response.status_code == 200, response.get_data(as_text=True)
        self.revision = response.get_json()["revision"]

    def service(self) -> None:
        """One save without a request around it."""
        with self.app.app_context():
            change = self._change()
            saved = save_field(self.actor, self.key, FieldChange(**change))  # type: ignore[arg-type]  # as it is typed
            self.revision = saved.revision

    def bare(self) -> None:
        """One request of the bare view."""
        assert self.bare_client.patch("/").status_code == 204

    def _change(self) -> dict[str, str | int]:
        self.number += 1
        return {
            "field": FIELDS[self.number % len(FIELDS)],
            "value": TEXT.format(number=self.number),
            "revision": self.revision,
            "operation": new_key(),
            "page": self.page,
        }


def _bare(engine: Engine, sheet_id: int) -> Flask:
    """A Flask application of one view: one UPDATE in one transaction, on the same database."""
    bare, numbers = Flask("bare"), count()

    @bare.patch("/")
    def save() -> tuple[str, int]:
        at = NOW + timedelta(microseconds=next(numbers))  # SQLite writes nothing when nothing changes
        with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
            connection.execute(update(ScoreSheet).where(ScoreSheet.id == sheet_id).values(saved_at=at))
            connection.commit()
        return "", 204

    return bare


def measure(site: Site, saves: int = SAVES) -> SaveRow:
    """The three ways by turns, in one run."""
    saver = Saver(site)
    ways: tuple[Callable[[], None], ...] = (saver.request, saver.service, saver.bare)
    took = [0.0] * len(ways)
    gc.collect()
    with clock.pinned(NOW):
        for each in range(-WARM_UP, saves):
            for place, way in enumerate(ways):
                began = time.perf_counter()
                way()
                took[place] += time.perf_counter() - began if each >= 0 else 0
    request, service, bare = (saves / seconds for seconds in took)
    return SaveRow(site.size, request, service, bare)


__all__ = ["SaveRow", "measure"]
