"""Pages of outcomes: the signer's, the coordinator's, the candidate's, and the embargo on all of them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.moderation import ANSWER, REASON, an_answered_case
from panel_app.demo.builders.outcomes import a_release, a_signed_outcome, outcome_of, two_signers
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.keys import new_key
from panel_app.foundation.needs import needs_of
from panel_app.foundation.outbox.models import Notification
from panel_app.outcomes.rules import OutcomeState
from panel_app.outcomes.services import prepare_release
from tests.moderation.scenes import CLEAR, GAP, NEAR, REFER
from tests.moderation.scenes import a_scene as a_moderated_scene
from tests.outcomes.scenes import Scene, a_scene
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
Count = Callable[[], AbstractContextManager[Statements]]
FAIL = ((1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1))
SECRETS = ("refer<", "proposed", "signed", "developing", "proficient", "moderat", "2.25", "borderline")
"""Words of a result, its mean included, and of how it came about."""


def candidate_of(here: Scene, place: int = 0) -> Actor:
    person_id = here.assessed[place].portfolio.candidate.person_id
    assert person_id is not None
    return actor_of(person_id)


def _without_number(words: str) -> str:
    """The words of an error page without the number of its request."""
    return re.sub(r"\b[0-9a-f]{16}\b", "", words)


def outcome_path(here: Scene, place: int = 0) -> str:
    return f"/portfolios/{here.assessed[place].portfolio.key}/outcome"


def test_signer_reads_the_reckoning_and_signs(app: Flask, visit: Visit) -> None:
    here = a_scene(NEAR)
    browser, reference = visit(here.signers[0]), here.assessed[0].portfolio.reference

    listed = browser.get("/sign-off")
    page = browser.get(f"/sign-off/{here.outcome().key}")
    after = browser.post(f"/sign-off/{here.outcome().key}", is_sure="y", shown=page.field("shown"))

    assert listed.references == [reference]
    assert page.all("//ol[@class='trace']/li")[0] == "C1 (weight 25): (3 + 2) / 2 = 2.50."
    assert "2.475" in page.main
    assert "borderline" in page.main
    assert "You signed; someone else's signature is awaited." in after.main


def test_signature_without_the_statement_is_asked_for_it(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR)

    page = visit(here.signers[0]).post(f"/sign-off/{here.outcome().key}", status=422)

    assert page.errors == ["Read how it was decided, then tick the statement: your signature stands for it."]


def test_list_that_was_struck_from_since_it_was_shown_is_shown_again_not_signed(app: Flask, visit: Visit) -> None:
    here = a_scene(REFER)
    browser, path = visit(here.signers[0]), f"/sign-off/{here.outcome().key}"
    before = browser.get(path)
    visit(here.signers[1]).post(f"{path}/strike/C6", reason="It was shown in the first part.")

    refused = browser.post(path, 409, is_sure="y", shown=before.field("shown"))
    signed = browser.post(path, is_sure="y", shown=refused.field("shown"))

    assert "This has changed since you opened the page." in refused.errors[0]
    assert "It was shown in the first part." in refused.main
    assert refused.all("//input[@name='is_sure']/@checked") == []
    assert "You signed; someone else's signature is awaited." in signed.main


def test_signature_of_an_unknown_page_is_not_taken(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR)

    visit(here.signers[0]).post(f"/sign-off/{here.outcome().key}", 409, is_sure="y")

    assert here.outcome().state is OutcomeState.PROPOSED


def test_signer_reads_what_moderation_answered_and_set(app: Flask, visit: Visit) -> None:
    scene = a_moderated_scene(GAP)
    an_answered_case(scene.assessed, scene.moderator, {"C1": 3})
    signer = two_signers(scene.round)[0]

    page = visit(signer).get(f"/sign-off/{outcome_of(scene.assessed).key}")

    assert page.all("//*[@id='looked']//dt") == ["Found", "A moderator answered", "C1 set to 3 Proficient"]
    assert REASON in page.main
    assert "C1 (weight 25): the moderator set 3.00." in page.main


def test_signer_of_another_round_finds_nothing(app: Flask, visit: Visit) -> None:
    here, other = a_scene(CLEAR), a_round(state="closed")
    stranger = two_signers(other)[0]

    assert visit(here.signers[0]).get("/sign-off").references == [here.assessed[0].portfolio.reference]
    visit(here.signers[0]).get(f"/sign-off/{here.outcome().key}")
    assert visit(stranger).get("/sign-off").references == []
    visit(stranger).get(f"/sign-off/{here.outcome().key}", status=404)


def test_striking_takes_one_page_and_a_reason(app: Flask, visit: Visit) -> None:
    here = a_scene(REFER)
    browser, path = visit(here.signers[0]), f"/sign-off/{here.outcome().key}"

    missing = browser.post(f"{path}/strike/C6", status=422)
    done = browser.post(f"{path}/strike/C6", reason="It was shown in the first part.")

    assert missing.errors == ["Enter the reason."]
    assert "It was shown in the first part." in done.main
    assert f"{path}/strike/C6" not in done.links()
    assert done.all("//ol[@class='trace']/li")[-1] == "Struck from the list, before it was signed: C6."


def test_sending_back_takes_one_page_and_a_reason(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR)

    page = visit(here.signers[0]).post(f"/sign-off/{here.outcome().key}/send-back", reason="Look at C2 again.")

    assert "It is back with the moderator." in page.text
    assert page.references == []


def test_a_reason_that_comes_too_late_is_given_back(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR)
    path = f"/sign-off/{here.outcome().key}/send-back"
    visit(here.signers[1]).post(path, reason="Look at C2 again.")

    page = visit(here.signers[0]).post(path, 409, reason="C3 is <b>thin</b>, look at E02.")

    assert "can't be sent back" in page.main
    assert "C3 is <b>thin</b>, look at E02." in page.main


def test_reason_of_somebody_who_may_not_sign_here_any_more_is_given_back(app: Flask, visit: Visit) -> None:
    here, other = a_scene(CLEAR), a_round(state="closed")
    stranger, reason = two_signers(other)[0], "C3 is thin, look at E02."

    hidden = visit(stranger).post(f"/sign-off/{here.outcome().key}/send-back", 404, reason=reason)
    unknown = visit(stranger).post(f"/sign-off/{new_key()}/send-back", 404, reason=reason)

    assert reason in hidden.main
    assert _without_number(hidden.main) == _without_number(unknown.main)


def test_coordinator_sees_what_blocks_and_prepares(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR, CLEAR)
    a_signed_outcome(here.assessed[0], here.signers)
    browser = visit(here.coordinator)

    before = browser.get(f"/rounds/{here.round.key}/outcomes")
    after = browser.post(f"/rounds/{here.round.key}/outcomes/prepare")

    assert "0 of 2 signatures" in before.main
    assert "Its release is not prepared." in before.main
    assert "Leaves with the release." in after.main
    assert "Release 1" in after.main


def test_coordinators_page_of_a_portfolio_tells_how_it_stands_and_no_level(app: Flask, visit: Visit) -> None:
    scene = a_moderated_scene(GAP)
    coordinator, portfolio = a_coordinator(scene.round.id), scene.assessed.portfolio
    an_answered_case(scene.assessed, scene.moderator, {"C1": 3})

    page = visit(coordinator).get(f"/rounds/{scene.round.key}/portfolios/{portfolio.key}")

    assert "Two score sheets lie too far apart" in page.main
    assert "Proposal 1 Proposed 0 signatures" in page.main
    for secret in ("a gap of 2", "Exemplary", "Developing", ANSWER, REASON, "Pass"):
        assert secret not in page.main


def test_coordinator_reads_no_result_before_the_sign_off(app: Flask, visit: Visit) -> None:
    here = a_scene(FAIL)
    browser = visit(here.coordinator)

    before = browser.get(f"/rounds/{here.round.key}/outcomes")
    here.sign_all()
    after = browser.get(f"/rounds/{here.round.key}/outcomes")

    assert "Fail" not in before.all("//td//span")
    assert "Fail" in after.all("//td//span")


def test_candidate_reads_a_refer_with_what_to_show_again(app: Flask, visit: Visit) -> None:
    here = a_scene(REFER, signed=True)
    a_release(here.round, here.coordinator)

    with clock.pinned(here.round.release_at):
        page = visit(candidate_of(here)).get(outcome_path(here))

    assert page.heading == "Refer: 5 criteria to show again"
    assert page.references == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert page.all("//*[@data-row='C2']//td")[1].endswith("met")
    assert "You can appeal until the end of" in page.main
    assert "You are asked to show C1" in page.main
    assert "below the pass mark: with a mean short of it" in page.main
    assert f"/portfolios/{here.assessed[0].portfolio.key}/question" in page.links()
    assert "Your releases are well shown." in page.main


@pytest.mark.parametrize(("sheets", "heading"), [(CLEAR, "Pass"), (FAIL, "Fail")])
def test_candidate_reads_a_pass_or_a_fail(
    app: Flask, visit: Visit, sheets: tuple[tuple[int, ...], ...], heading: str
) -> None:
    here = a_scene(sheets, signed=True)
    a_release(here.round, here.coordinator)

    assert visit(candidate_of(here)).get(outcome_path(here)).heading == heading


def test_released_result_can_t_be_withdrawn(app: Flask, visit: Visit) -> None:
    here = a_scene(FAIL, signed=True)
    a_release(here.round, here.coordinator)
    browser, path = visit(candidate_of(here)), f"/portfolios/{here.assessed[0].portfolio.key}"

    page = browser.get(path)
    answer = browser.post(f"{path}/withdraw", status=409)

    assert f"{path}/withdraw" not in page.all("//form/@action")
    assert "The result of this portfolio is out" in answer.main
    assert "Submitted" in browser.get(path).main


def test_candidate_reads_no_name_of_anyone_with_a_part(app: Flask, visit: Visit) -> None:
    here = a_scene(REFER, signed=True)
    a_release(here.round, here.coordinator)
    names = [each.name for each in (*here.signers, here.coordinator, *(m.actor for m in here.assessed[0].members))]

    page = visit(candidate_of(here)).get(outcome_path(here))

    assert len(set(names)) == 5
    assert [name for name in names if name in page.body] == []


def test_only_the_candidate_reads_a_released_outcome(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR, signed=True)
    a_release(here.round, here.coordinator)

    others = (None, a_person(), here.coordinator, here.signers[0], here.assessed[0].members[0].actor)

    own = visit(candidate_of(here)).get(outcome_path(here))
    answers = [visit(other).open(outcome_path(here)).status_code for other in others]

    assert here.assessed[0].portfolio.reference in own.text
    assert answers == [303, 404, 404, 404, 404]


def test_before_release_the_address_answers_like_an_unknown_one(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)
    browser = visit(candidate_of(here))
    browser.get(outcome_path(here), status=404)  # the first answer sets the session's cookie

    own = browser.get(outcome_path(here), status=404)
    unknown = browser.get(f"/portfolios/{new_key()}/outcome", status=404)

    assert _without_number(own.main) == _without_number(unknown.main)
    assert set(own.response.headers.keys()) == set(unknown.response.headers.keys())


def test_before_release_statements_do_not_tell_either(app: Flask, visit: Visit, count_statements: Count) -> None:
    here = a_scene(CLEAR, signed=True)
    browser = visit(candidate_of(here))
    browser.get(outcome_path(here), status=404)

    with count_statements() as own:
        browser.get(outcome_path(here), status=404)
    with count_statements() as unknown:
        browser.get(f"/portfolios/{new_key()}/outcome", status=404)

    assert own.texts == unknown.texts


def test_nothing_is_written_to_a_candidate_before_the_release(app: Flask) -> None:
    here = a_scene(REFER, CLEAR)
    person_id = here.assessed[0].portfolio.candidate.person_id
    query = select(Notification.kind).filter_by(person_id=person_id)
    before = list(reading().scalars(query))

    here.sign_all()
    prepare_release(here.coordinator, here.round.key)

    assert list(reading().scalars(query)) == before == ["portfolios/receipt"]


def test_each_word_that_is_kept_from_a_candidate_stands_on_a_page_of_those_who_may_read_it(
    app: Flask, visit: Visit
) -> None:
    here = a_scene(REFER, signed=True)
    told = visit(here.signers[0]).get(f"/sign-off/{here.outcome().key}").body
    told += visit(here.coordinator).get(f"/rounds/{here.round.key}/outcomes").body

    a_release(here.round, here.coordinator)
    told += visit(candidate_of(here)).get(outcome_path(here)).body

    assert [secret for secret in SECRETS if secret not in told.lower()] == []


def test_no_page_of_a_candidate_says_anything_before_the_release(app: Flask, visit: Visit) -> None:
    here = a_scene(REFER, signed=True)
    prepare_release(here.coordinator, here.round.key)
    waiting = a_portfolio(here.round)
    browser, key = visit(candidate_of(here)), here.assessed[0].portfolio.key
    other, other_key = visit(waiting.candidate), waiting.key
    paths = ["/today", "/portfolios", "/portfolios/{}", "/portfolios/{}/receipt", "/portfolios/{}/about"]

    for path in paths:
        page, same = browser.get(path.format(key)), other.get(path.format(other_key))
        words = page.body.replace(here.assessed[0].portfolio.reference, waiting.reference).lower()
        for secret in SECRETS:
            assert secret not in words or secret in same.body.lower(), f"{path} says {secret}"


def test_needs_tell_each_what_is_theirs(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR)
    a_signed_outcome(here.assessed[0], here.signers)
    reference = here.assessed[1].portfolio.reference

    with app.test_request_context():
        signer = [str(need.sentence) for need in needs_of(here.signers[0])]
        coordinator = [str(need.sentence) for need in needs_of(here.coordinator)]
        candidate = [str(need.sentence) for need in needs_of(candidate_of(here))]

    assert f"{reference} waits for your signature" in signer
    assert f"1 outcome of {here.round.code} can be released" in coordinator
    assert f"1 outcome of {here.round.code} lacks signatures" in coordinator
    assert not any("result" in each for each in candidate)


def test_candidate_is_told_on_the_first_page_after_the_release(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)
    a_release(here.round, here.coordinator)

    with clock.pinned(here.round.release_at), app.test_request_context():
        needs = needs_of(candidate_of(here))

    assert f"Your result for {here.assessed[0].portfolio.reference} is here" in [str(need.sentence) for need in needs]


def test_released_result_is_a_click_away_for_good_and_nothing_else_is_planned(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR, signed=True)
    a_release(here.round, here.coordinator)
    result, portfolio = outcome_path(here), here.assessed[0].portfolio

    with clock.pinned(here.round.release_at + timedelta(days=90)):
        browser = visit(candidate_of(here))
        pages = [browser.get(path) for path in ("/portfolios", f"/portfolios/{portfolio.key}")]
        today = browser.get("/today")

    assert all(result in page.all("//main//@href") for page in pages)
    assert "planned" not in today.main


def test_before_the_release_no_page_of_a_candidate_leads_to_a_result(app: Flask, visit: Visit) -> None:
    here = a_scene(CLEAR, signed=True)
    browser = visit(candidate_of(here))

    pages = [browser.get(path) for path in ("/portfolios", f"/portfolios/{here.assessed[0].portfolio.key}", "/today")]

    assert not any(outcome_path(here) in page.all("//@href") for page in pages)


@pytest.mark.parametrize("portfolios", [1, 3])
def test_lists_run_a_constant_number_of_statements(
    app: Flask, visit: Visit, count_statements: Count, portfolios: int
) -> None:
    here = a_scene(*[CLEAR] * portfolios)
    signer, coordinator = visit(here.signers[0]), visit(here.coordinator)

    with count_statements() as signing:
        signer.get("/sign-off")
    with count_statements() as releasing:
        coordinator.get(f"/rounds/{here.round.key}/outcomes")

    assert (len(signing), len(releasing)) == (4, 22), signing.by_place() + "\n\n" + releasing.by_place()
