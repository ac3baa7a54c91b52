"""People and roles, as admins see them."""

import pytest

from panel_app.accounts.queries import account_by_address, actor_of
from panel_app.accounts.services import invite_person
from panel_app.demo.builders.accounts import a_coordinator, a_person, an_admin
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Role
from tests.accounts.kinds import Counting, Visit, sure
from tests.accounts.outbox import link_in, mails


def test_admin_finds_people_by_name_and_by_address(visit: Visit) -> None:
    admin = visit(an_admin("Rue Sarsen", "rue@example.org"))
    a_person("Wort-Ling Tansy", "wl@example.net")
    a_person("Bo 100%", "bo@example.org")

    assert admin.get("/people").references == ["Bo 100%", "Rue Sarsen", "Wort-Ling Tansy"]
    assert admin.get("/people?q=ling").references == ["Wort-Ling Tansy"]
    assert admin.get("/people?q=EXAMPLE.NET").references == ["Wort-Ling Tansy"]
    assert admin.get("/people?q=%25").references == ["Bo 100%"]
    assert admin.get("/people?q=_").references == []


def test_list_says_who_has_a_role_sits_on_the_panel_or_hands_something_in(visit: Visit) -> None:
    admin, round_ = visit(an_admin("Rue Sarsen", "rue@example.org")), a_round()
    a_coordinator(round_.id, "Parsnip Ladle", "parsnip@example.org")
    a_member(round_, name="Quartz Wombat", email="quartz@example.org")
    a_portfolio(round_, candidate=a_person("Sorrel Hoopoe", "sorrel@example.org"))
    a_person("Walnut", "walnut@example.org")

    page = admin.get("/people")

    parts = dict(zip(page.references, page.all("//tbody//td[last()]//*[@class='cell-body']"), strict=True))
    assert parts == {
        "Parsnip Ladle": "coordinator",
        "Quartz Wombat": "panel member",
        "Rue Sarsen": "admin",
        "Sorrel Hoopoe": "candidate",
        "Walnut": "none yet",
    }


def test_list_is_cut_into_pages_of_twenty_in_the_database(visit: Visit, count_statements: Counting) -> None:
    admin = visit(an_admin("Zinc Last", "zinc@example.org"))
    for number in range(22):
        a_person(f"Person {number:02}", f"p{number:02}@example.org")

    with count_statements() as seen:
        first = admin.get("/people?q=example")
    second = admin.get(first.all("//a[@rel='next']/@href")[0])

    assert first.references == [f"Person {number:02}" for number in range(20)]
    assert second.references == ["Person 20", "Person 21", "Zinc Last"]
    assert "21 to 23 of 23" in second.main
    assert len(seen) == 4, seen.by_place()


@pytest.mark.parametrize("people", [1, 3])
def test_person_page_runs_the_same_statements_for_any_roles(
    visit: Visit, count_statements: Counting, people: int
) -> None:
    admin, person = visit(an_admin()), a_person("Fig")
    for _ in range(people):
        admin.post(f"/people/{person.key}", role="observer", round_key=a_round().key, reason="Asked for it.")

    with count_statements() as seen:
        page = admin.get(f"/people/{person.key}")

    assert len(page.references) == people
    assert len(seen) == 8, seen.by_place()


def test_role_is_granted_and_gives_no_right_at_the_very_next_request_after_withdrawal(visit: Visit) -> None:
    admin, person = visit(an_admin()), a_person("Fig")
    an_admin("Second Admin")
    fig = visit(person)
    fig.get("/people", 403)

    admin.post(f"/people/{person.key}", role="admin", round_key="", reason="Stands in for a month.")
    fig.get("/people")
    page = admin.get(f"/people/{person.key}")
    admin.post(page.all("//a[starts-with(., 'Withdraw')]/@href")[0], reason="Is back.")

    assert "Stands in for a month." in page.main
    fig.get("/people", 403)


def test_role_of_a_round_is_granted_in_that_round_alone(visit: Visit) -> None:
    admin, person, round_ = visit(an_admin()), a_person("Fig"), a_round()

    page = admin.post(f"/people/{person.key}", role="coordinator", round_key=round_.key, reason="Runs it.")

    assert page.references == [f"coordinator {round_.code}"]
    assert actor_of(sure(person.person_id)).rounds(Role.COORDINATOR) == {round_.id}


@pytest.mark.parametrize(("fields", "says"), [
    ({"role": "coordinator", "round_key": "", "reason": "x"}, "Choose the round in which the role is granted."),
    ({"role": "coordinator", "round_key": "", "reason": ""}, "Enter the reason."),
    ({"role": "emperor", "round_key": "", "reason": "x"}, "Not a valid choice."),
])  # fmt: skip
def test_grant_that_does_not_fit_says_what_to_do(visit: Visit, fields: dict[str, str], says: str) -> None:
    admin, person = visit(an_admin()), a_person("Fig")

    page = admin.post(f"/people/{person.key}", 409 if "round in which" in says else 422, **fields)

    assert page.errors == [says]
    assert actor_of(sure(person.person_id)).grants == frozenset()


def test_nothing_is_chosen_before_a_role_is_and_admin_stands_last(visit: Visit) -> None:
    admin, person = visit(an_admin()), a_person("Fig")

    page = admin.get(f"/people/{person.key}")
    refused = admin.post(f"/people/{person.key}", 422, role="", round_key="", reason="x")

    choices = page.all("//select[@name='role']/option")
    assert (choices[0], choices[-1]) == ("choose a role", "admin")
    assert page.all("//select[@name='role']/option[@selected]/@value") in ([], [""])
    assert refused.errors == ["Choose the role."]


def test_last_admin_stays(visit: Visit) -> None:
    rue = an_admin("Rue")
    page = visit(rue).get(f"/people/{rue.key}")

    answer = visit(rue).post(page.all("//a[starts-with(., 'Withdraw')]/@href")[0], 409, reason="Enough.")

    assert answer.errors == ["This is the last admin. Make another person admin first."]
    visit(rue).get("/people")


@pytest.mark.parametrize(
    "path", ["/people", "/people/invite", "/people/{key}", "/people/{key}/erase", "/people/{key}/withdraw"]
)
def test_coordinators_and_others_reach_none_of_it(visit: Visit, path: str) -> None:
    person = a_person("Fig")
    coordinator = visit(a_coordinator(a_round().id))

    coordinator.get(path.format(key=person.key), 403)
    visit(person).get(path.format(key=person.key), 403)
    assert visit().get(path.format(key=person.key)).heading == "Sign in"


def test_invited_person_is_listed_at_once_and_completes_the_account(visit: Visit) -> None:
    admin = visit(an_admin())

    page = admin.post("/people/invite", email="new@example.org", name="Moss <i>H</i>")
    again = admin.post("/people/invite", email="NEW@example.org", name="")
    older, newer = (link_in(mail) for mail in mails("new@example.org"))

    assert page.heading == "Moss <i>H</i>" == again.heading
    assert "Invited" in page.main
    assert "Moss" not in mails()[0].text + mails()[0].html
    visit().get(older, 410)
    assert visit().send(newer, name="Moss", password="three grey herons").location == "/today"


def test_deactivated_person_is_out_at_once_and_comes_back_when_opened_again(visit: Visit) -> None:
    admin, person = visit(an_admin()), a_person("Fig", "fig@example.org", password="three grey herons")
    fig, fresh = visit(person), visit()

    admin.post(f"/people/{person.key}/deactivate", reason="Left the institute.")
    assert fig.get("/account").heading == "Sign in"
    assert fresh.send("/sign-in", email="fig@example.org", password="three grey herons").status_code == 409

    admin.post(f"/people/{person.key}/reactivate", reason="Came back.")
    assert fresh.send("/sign-in", email="fig@example.org", password="three grey herons").location == "/today"


def test_erased_person_leaves_a_neutral_label_and_a_free_address(visit: Visit) -> None:
    admin, person = visit(an_admin()), a_person("Fig Primrose", "fig@example.org")
    assert "Fig Primrose" in admin.get("/people").main

    page = admin.post(f"/people/{person.key}/erase", reason="Asked for it.")

    assert page.heading == "Former person 1"
    assert "Fig" not in admin.get("/people").main
    assert account_by_address("fig@example.org") is None
    assert invite_person(SYSTEM, "fig@example.org").is_new


def test_admin_can_not_close_their_own_account(visit: Visit) -> None:
    rue, other = an_admin("Rue"), a_person("Fig")

    visit(rue).get(f"/people/{other.key}/deactivate")
    visit(rue).get(f"/people/{rue.key}/deactivate", 403)


def test_name_of_another_is_text_everywhere(visit: Visit) -> None:
    name = '"><svg onload=alert(1)>'
    person = a_person(name)
    admin = visit(an_admin())

    assert admin.get(f"/people/{person.key}").heading == name
    assert name in admin.get("/people").references
    assert "<svg onload" not in admin.get("/people").body


def test_invitation_is_sent_again_to_the_invited_alone(visit: Visit) -> None:
    admin, person = visit(an_admin()), a_person("Fig", "fig@example.org")
    invited = invite_person(SYSTEM, "new@example.org")

    (again,) = admin.get(f"/people/{invited.key}").all("//form[@class='act']/@action")
    admin.post(again)

    assert [mail.kind for mail in mails("new@example.org")] == ["accounts/invite"] * 2
    assert admin.send(f"/people/{person.key}/invite-again").status_code == 409
    assert visit(person).send(again).status_code == 403
    assert mails("fig@example.org") == []


def test_page_beyond_the_last_says_so(visit: Visit) -> None:
    page = visit(an_admin()).get("/people?page=999&endpoint=x&=y")

    assert page.references == []
    assert "Nobody has this in their name or address." in page.main


def test_withdrawing_what_was_not_granted_is_not_found(visit: Visit) -> None:
    admin, person, granted = visit(an_admin()), a_person("Fig"), an_admin("Rue")

    admin.get(f"/people/{granted.key}/withdraw?role=admin&round=")
    admin.get(f"/people/{person.key}/withdraw?role=admin&round=", 404)
    admin.get(f"/people/{'a' * 26}", 404)
    assert admin.send(f"/people/{'a' * 26}", role="admin", round_key="", reason="x").status_code == 404
