"""Races with real parallel connections, on both databases: one release, as many signatures as people."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted, db, reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.foundation.states import NotFromHere
from panel_app.outcomes.models import Release
from panel_app.outcomes.queries.pages import shown_now
from panel_app.outcomes.rules import OutcomeState
from panel_app.outcomes.services import prepare_release, release_due, send_back, sign_off, strike_criterion
from panel_app.outcomes.services.releasing import release
from panel_app.portfolios.models import AssessmentStatus
from tests.moderation.scenes import CLEAR, REFER, broken_invariants, status_of
from tests.outcomes.scenes import a_scene

pytestmark = pytest.mark.both_databases

Act = Callable[[], object]


def together(app: Flask, at: datetime, *acts: Act) -> list[object]:
    """Do these acts at once, each on a connection of its own; gives what each returned, or its refusal."""
    db.session.rollback()
    start, answers = Barrier(len(acts)), [None] * len(acts)

    def do(place: int, act: Act) -> None:
        with clock.pinned(at), app.app_context():
            start.wait()
            try:
                answers[place] = act()  # type: ignore[call-overload]
            except (Refused, Conflicted, NotFromHere) as refused:
                answers[place] = refused  # type: ignore[call-overload]
            finally:
                db.session.remove()

    threads = [Thread(target=do, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return list(answers)


def results_sent() -> int:
    query = select(func.count()).select_from(Notification).where(Notification.kind == "outcomes/released")
    return reading().scalar(query) or 0


def test_four_schedulers_release_each_outcome_once(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR, CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)

    released = together(app, here.round.release_at, *[release_due] * 4)

    assert sorted(released, key=str) == [0, 0, 0, 3]
    assert results_sent() == 3
    assert broken_invariants() == []


def test_four_schedulers_share_a_release_of_several_acts(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR, CLEAR, CLEAR, CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)
    release_id = reading().execute(select(Release.id)).scalar_one()

    released = together(app, here.round.release_at, *[lambda: release(release_id, 1)] * 4)

    done = reading().execute(select(Release.done_at, Release.count)).one()
    assert sum(int(str(each)) for each in released) == 5
    assert done == (here.round.release_at, 5)
    assert results_sent() == 5
    assert broken_invariants() == []


def test_release_and_sending_back_at_once_end_in_one_of_them(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)
    key, signer = here.outcome().key, here.signers[0]

    together(app, here.round.release_at, release_due, lambda: send_back(signer, key, "Look again."))

    status = status_of(here.assessed[0])
    assert (status, results_sent()) in [(AssessmentStatus.RELEASED, 1), (AssessmentStatus.MODERATION, 0)]
    assert broken_invariants() == []


def test_two_signers_at_once_sign_it_off(app: Flask) -> None:
    here = a_scene(CLEAR)
    key = here.outcome().key

    left = together(app, clock.now(), *[_signing(each, key) for each in here.signers])

    assert sorted(left, key=str) == [0, 1]
    assert here.outcome().state is OutcomeState.SIGNED_OFF


def test_one_signer_in_two_windows_signs_once(app: Flask) -> None:
    here = a_scene(CLEAR)
    key = here.outcome().key

    answers = together(app, clock.now(), *[_signing(here.signers[0], key)] * 2)

    assert sum(isinstance(each, Refused) for each in answers) == 1
    assert here.outcome().state is OutcomeState.PROPOSED


def test_signing_and_striking_at_once_end_in_one_of_them(app: Flask) -> None:
    here = a_scene(REFER)
    key, (first, second) = here.outcome().key, here.signers

    answers = together(
        app, clock.now(), _signing(first, key), lambda: strike_criterion(second, key, "C6", "It was shown before.")
    )

    assert sum(isinstance(each, Refused) for each in answers) == 1
    assert broken_invariants() == []


def test_two_presses_prepare_one_release(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR, signed=True)

    together(app, clock.now(), *[lambda: prepare_release(here.coordinator, here.round.key)] * 2)

    assert len(reading().scalars(select(Release)).all()) == 1


def _signing(signer: Actor, key: str) -> Act:
    shown = shown_now(key)
    return lambda: sign_off(signer, key, shown)
