"""What the database itself refuses of outcomes, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from panel_app.demo.builders.outcomes import a_release
from panel_app.foundation.database import Conflicted, transaction
from panel_app.moderation.rules import Result
from panel_app.outcomes.models import Outcome, Release, Signature
from tests.moderation.scenes import CLEAR
from tests.outcomes.scenes import a_scene

pytestmark = pytest.mark.both_databases

REFUSALS = (DBAPIError, IntegrityError, Conflicted)


def test_proposed_result_is_never_changed(app: Flask) -> None:
    here = a_scene(CLEAR)

    with pytest.raises(REFUSALS, match=r"never changed|depends on"), transaction() as db:
        db.execute(update(Outcome).where(Outcome.id == here.outcome().id).values(result=Result.FAIL))

    assert here.outcome().result is Result.PASS


def test_outcome_is_not_deleted(app: Flask) -> None:
    here = a_scene(CLEAR)

    with pytest.raises(REFUSALS), transaction() as db:
        db.execute(delete(Outcome).where(Outcome.id == here.outcome().id))

    assert here.outcome().number == 1


def test_signature_is_neither_changed_nor_taken_away(app: Flask) -> None:
    a_scene(CLEAR, signed=True)

    with pytest.raises(REFUSALS), transaction() as db:
        db.execute(update(Signature).values(remark="Not mine."))
    with pytest.raises(REFUSALS), transaction() as db:
        db.execute(delete(Signature))


def test_done_release_and_released_outcome_stand(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)
    a_release(here.round, here.coordinator)

    with pytest.raises(REFUSALS), transaction() as db:
        db.execute(update(Release).values(done_at=None))
    with pytest.raises(REFUSALS), transaction() as db:
        db.execute(update(Outcome).values(released_at=here.round.closes_at))
