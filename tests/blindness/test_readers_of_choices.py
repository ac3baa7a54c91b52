"""Who reads what an assessor chooses: the words of a choice are everybody's, so it is changed, and whose pages follow?

Confidence and the view of the whole are put to another value in the sheet and in what was submitted, nothing else;
whose pages or mails then differ reads them, and nobody else does.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
import rfc8785
from sqlalchemy import select, text

from panel_app import clock
from panel_app.demo.builders.moderation import an_answered_case
from panel_app.demo.builders.outcomes import a_release, a_signed_outcome
from panel_app.foundation.database import transaction
from panel_app.scoring.models import Score, ScoreSheet, SubmittedVersion
from panel_app.scoring.rules.fields import Confidence, GlobalView
from tests.blindness.test_readers import APART, TEXTS, Cast, a_cast, browser_of, reached
from tests.support.databases import SqliteDatabases
from tests.support.pages import Visitor

Content = dict[str, Any]
NEW = re.compile(r"[A-Za-z0-9_.-]{60,}")
NEW_EACH_TIME = re.compile(rb"\b[a-z2-7]{26}\b|\b[0-9a-f]{16}\b|[A-Za-z0-9_.-]{60,}|\n(?:Content-Length|Date): .*")
"""Keys of forms, numbers of requests, tokens and signed addresses; lengths, and the machine's time."""


def another_confidence(content: Content) -> None:
    content["scores"]["C1"]["confidence"] = Confidence.LOW.value


def another_view(content: Content) -> None:
    content["global_view"] = GlobalView.FAIL.value


TRIGGERS = "SELECT name FROM sqlite_master WHERE tbl_name = 'submitted_version' AND type = 'trigger'"


def changed(change: Callable[[Content], None]) -> None:
    """Put one choice of the writer's sheet to another value, where it stands and where it was submitted.

    Nobody can: what was submitted is guarded by triggers, which this copy of the database loses.
    """
    with transaction() as db:
        for name in db.scalars(text(TRIGGERS)).all():
            db.execute(text(f"DROP TRIGGER {name}"))
        version = db.scalars(select(SubmittedVersion).order_by(SubmittedVersion.id)).first()
        assert version is not None
        content = deepcopy(version.content)
        change(content)
        version.content, version.sha256 = content, hashlib.sha256(rfc8785.dumps(content)).hexdigest()
        db.get_one(ScoreSheet, version.sheet_id).global_view = GlobalView(content["global_view"])
        first = db.scalars(select(Score).filter_by(sheet_id=version.sheet_id).order_by(Score.id)).first()
        assert first is not None
        first.confidence = Confidence(content["scores"]["C1"]["confidence"])


@dataclass(frozen=True)
class Watch:
    """Everybody of a cast, each in a browser of their own that stays signed in."""

    databases: SqliteDatabases
    cast: Cast
    browsers: Mapping[str, Visitor]

    @classmethod
    def of(cls, databases: SqliteDatabases, cast: Cast) -> "Watch":
        """Sign everybody in."""
        return cls(databases, cast, {name: browser_of(databases, who) for name, who in cast.people.items()})

    def seen(self) -> dict[str, dict[str, bytes]]:
        """Person → address → what stands there, without what is new at each request."""
        return {name: self._seen_by(name, browser) for name, browser in self.browsers.items()}

    def _seen_by(self, name: str, browser: Visitor) -> dict[str, bytes]:
        found = reached(self.databases, self.cast, self.cast.people[name], browser)
        return {NEW.sub("*", address): NEW_EACH_TIME.sub(b"*", body) for address, body in found.items()}

    def followers(self, *changes: Callable[[Content], None]) -> list[set[str]]:
        """One change after the other: who gets something else once it is made."""
        self.seen()  # what a first look alone leaves behind
        looks, found = [self.seen()], []
        for change in changes:
            changed(change)
            looks.append(self.seen())
            found.append({name for name in self.browsers if looks[-2][name] != looks[-1][name]})
        return found


def released(cast: Cast) -> None:
    an_answered_case(cast.assessed, cast.people["moderator"])
    a_signed_outcome(cast.assessed, (cast.people["signer"], cast.people["other signer"]))
    a_release(cast.round, cast.people["coordinator"])


def no_change(_content: Content) -> None:
    """To prove that nothing changes by itself."""


def test_confidence_and_the_view_of_the_whole_have_exactly_their_readers(sqlite_databases: SqliteDatabases) -> None:
    with a_cast(sqlite_databases, APART, TEXTS) as cast:
        watch = Watch.of(sqlite_databases, cast)
        nobody, confidence, view = watch.followers(no_change, another_confidence, another_view)

    assert (nobody, confidence, view) == (set(), {"writer", "moderator"}, {"writer"})


@pytest.mark.storm
def test_nobody_else_reads_either_after_the_release(sqlite_databases: SqliteDatabases) -> None:
    with a_cast(sqlite_databases, APART, TEXTS) as cast:
        released(cast)
        with clock.pinned(cast.round.release_at.replace(microsecond=1)):
            confidence, view = Watch.of(sqlite_databases, cast).followers(another_confidence, another_view)

    assert (confidence - {"writer", "moderator"}, view) == (set(), {"writer"})
