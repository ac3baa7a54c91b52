"""Services of accounts, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.accounts.models import Credential, OneTimeToken, RoleGrant, SignIn
from panel_app.accounts.queries import actor_by_sign_in, actor_of, holders, person_by_address
from panel_app.accounts.services import (
    add_first_admin,
    add_person,
    begin_sign_in,
    change_profile,
    end_sign_in,
    erase_person,
    give_first_coordinator,
    grant_role,
    invite_person,
    withdraw_role,
)
from panel_app.accounts.services.passwords import hash_of, hashed, matches
from panel_app.accounts.services.sign_ins import token_hash
from panel_app.demo.builders.accounts import a_person, an_admin
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Grant, Role
from panel_app.foundation.database import Conflicted, reading, transaction
from panel_app.foundation.permissions import Refused
from tests.accounts.kinds import sure
from tests.accounts.outbox import mails
from tests.conftest import START

pytestmark = pytest.mark.both_databases


def test_second_account_with_the_same_address_is_refused_in_words(app: Flask) -> None:
    add_person(SYSTEM, "Fig", "Fig@Example.org")

    with pytest.raises(Conflicted) as refused:
        add_person(SYSTEM, "Other", " fig@example.ORG ")

    assert refused.value.field == "email"
    assert refused.value.sentence == "This address already has an account. Sign in, or ask for a new password."


def test_only_admins_add_people(app: Flask) -> None:
    with pytest.raises(Refused, match="Only an admin adds people"):
        add_person(a_person("Fig"), "Bo", "bo@example.org")

    assert add_person(an_admin(), "Bo", "bo@example.org") == person_by_address("bo@example.org")


def test_stored_times_come_back_aware_and_tokens_are_stored_as_hashes(app: Flask) -> None:
    person = a_person("Fig")
    token = begin_sign_in(sure(person.person_id))

    row = reading().scalars(select(SignIn).filter_by(token_hash=token_hash(token))).one()

    assert (row.created_at, row.ends_at.tzinfo is not None) == (START, True)
    assert token not in (row.token_hash, row.key)


def test_ended_sign_in_is_nobody(app: Flask) -> None:
    person = a_person("Fig")
    token = begin_sign_in(sure(person.person_id))
    assert actor_by_sign_in(token_hash(token), START) == person

    end_sign_in(person, token)

    assert actor_by_sign_in(token_hash(token), START) is None


def test_granting_twice_is_as_once_and_withdrawing_is_read_at_once(app: Flask) -> None:
    admin, person, round_ = an_admin(), a_person("Fig"), a_round()
    for _ in range(2):
        grant_role(admin, sure(person.person_id), Role.SIGNER, round_.id, "Signs.")
    assert actor_of(sure(person.person_id)).grants == {Grant(Role.SIGNER, round_.id)}

    withdraw_role(admin, sure(person.person_id), Role.SIGNER, round_.id, "No longer.")

    assert actor_of(sure(person.person_id)).grants == frozenset()


def test_nobody_but_admins_and_the_system_grants_roles(app: Flask) -> None:
    person, round_ = a_person("Fig"), a_round()

    with pytest.raises(Refused):
        grant_role(person, sure(person.person_id), Role.COORDINATOR, round_.id)

    assert actor_of(sure(person.person_id)).grants == frozenset()


def test_schema_refuses_an_admin_of_one_round_and_a_second_admin_row(app: Flask) -> None:
    admin, round_ = an_admin(), a_round()
    for round_id in (round_.id, None):
        with pytest.raises(Conflicted), transaction() as db:
            db.add(RoleGrant(person_id=admin.person_id, role=Role.ADMIN, round_id=round_id, granted_at=START))


def test_maker_of_a_round_without_coordinator_becomes_its_first_and_only_once(app: Flask) -> None:
    maker, other = a_person("Fig"), a_person("Bo")
    round_ = a_round()
    for each in holders(Role.COORDINATOR, round_.id):
        withdraw_role(SYSTEM, each, Role.COORDINATOR, round_.id, "For this test.")

    give_first_coordinator(maker, round_.id)
    with pytest.raises(Refused):
        give_first_coordinator(other, round_.id)

    assert holders(Role.COORDINATOR, round_.id) == [maker.person_id]


def test_first_admin_is_invited_once(app: Flask) -> None:
    first = sure(add_first_admin("rue@example.org", "Rue"))

    assert add_first_admin("other@example.org") is None
    assert actor_of(sure(first.person_id)).holds(Role.ADMIN)
    assert [mail.recipient for mail in mails()] == ["rue@example.org"]


def test_inviting_an_open_account_sends_nothing_and_changes_nothing(app: Flask) -> None:
    person = a_person("Fig", "fig@example.org")

    invitation = invite_person(SYSTEM, "FIG@example.org", "Somebody")

    assert (invitation.person_id, invitation.link, invitation.is_new) == (person.person_id, None, False)
    assert mails() == []
    assert actor_of(sure(person.person_id)).name == "Fig"


def test_newer_link_ends_the_older_and_none_is_stored_readable(app: Flask) -> None:
    first = sure(invite_person(SYSTEM, "new@example.org").link).rsplit("/", 1)[-1]
    second = sure(invite_person(SYSTEM, "new@example.org").link).rsplit("/", 1)[-1]

    rows = {row.token_hash: row.used_at for row in reading().scalars(select(OneTimeToken))}

    assert rows == {token_hash(first): START, token_hash(second): None}


def test_profile_changes_are_kept(app: Flask) -> None:
    person = a_person("Fig")

    change_profile(person, name=" Fig Primrose ", address_form="Dr Primrose", zone="Asia/Tokyo", locale="en")

    found = actor_of(sure(person.person_id))
    assert (found.name, found.zone) == ("Fig Primrose", "Asia/Tokyo")


def test_password_is_stored_by_argon2_and_nobody_matches_nothing(app: Flask) -> None:
    person = a_person("Fig", password="three grey herons")

    stored = sure(hash_of(person.person_id))

    assert stored.startswith("$argon2id$")
    assert matches(stored, "three grey herons")
    assert not matches(stored, "three grey heron")
    assert not matches(None, "the password of nobody")
    assert hashed("three grey herons") != stored


def test_erasing_leaves_no_secret_and_no_role(app: Flask) -> None:
    person = a_person("Fig", "fig@example.org", password="three grey herons")
    grant_role(SYSTEM, sure(person.person_id), Role.OBSERVER, a_round().id)
    invite_person(SYSTEM, "fig@example.org")
    begin_sign_in(sure(person.person_id))

    erase_person(an_admin(), person.key, "Asked for it.")

    for model in (Credential, RoleGrant, SignIn, OneTimeToken):
        assert reading().scalars(select(model).filter_by(person_id=person.person_id)).all() == []
    assert actor_of(sure(person.person_id)).name == "Former person 1"
