"""What needs a coordinator now, of the rounds themselves."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from panel_app.accounts.services import actor_of
from panel_app.demo.builders.accounts import a_coordinator, a_signer, an_admin
from panel_app.demo.builders.programmes import a_round
from panel_app.programmes.needs_queries import draft_rounds
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.mark.parametrize("rounds", [1, 3])
def test_drafts_of_the_coordinator_wait_to_be_published(app: Flask, count_statements: Count, rounds: int) -> None:
    admin = an_admin()
    made = [a_round(by=admin, state="draft") for _ in range(rounds)]
    a_round(by=admin), a_round(state="draft")
    coordinator = actor_of(admin.person_id or 0)

    with app.test_request_context(), count_statements() as seen:
        found = list(draft_rounds(coordinator))

    assert [each.href for each in found] == [f"/rounds/{each.key}/publish" for each in made]
    assert str(found[0].sentence) == f"The round {made[0].code} is a draft"
    assert found[0].due_at == made[0].opens_at
    assert len(seen) == 1, seen.by_place()


def test_others_are_not_asked(app: Flask) -> None:
    draft, published = a_round(state="draft"), a_round()

    with app.test_request_context():
        assert list(draft_rounds(a_signer(draft.id))) == []
        assert list(draft_rounds(a_coordinator(published.id))) == []
