"""The moderator's pages: who sees a case, what stands on it, one form, and a trigger that someone adds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from panel_app.accounts.services import actor_of, grant_role
from panel_app.assignment.services import reopen
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person
from panel_app.demo.builders.moderation import ANSWER, REASON, an_answered_case, an_assessed_portfolio, case_of
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_text_file, an_admitted_portfolio, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.needs import needs_of
from panel_app.foundation.words import N_, Sentence
from panel_app.moderation.queries.standing import standing
from panel_app.moderation.rules import TRIGGERS, CaseFacts, CaseState, Reason, trigger
from panel_app.portfolios.rules.statuses import AssessmentStep
from panel_app.portfolios.services import advance
from tests.moderation.scenes import GAP, NEAR, a_scene
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
Count = Callable[[], AbstractContextManager[Statements]]


def test_b134_through_the_page(app: Flask, visit: Visit) -> None:
    here = a_scene(NEAR)
    browser = visit(here.moderator)

    listed = browser.get("/moderation")
    page = browser.get(f"/moderation/{here.case.key}")

    assert listed.references == [here.assessed.portfolio.reference]
    assert "the published rule gives Refer, with a weighted mean of 2.475." in page.main
    assert "borderline" in page.main
    assert "The sheets alone give different results: A: pass; B: refer." in page.main
    assert "The mean 2.475 is within 0.25 of the pass mark 2.5." in page.main


def test_page_shows_sheets_side_by_side_by_letters_alone(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    names = [each.actor.name for each in here.assessed.members]

    page = visit(here.moderator).get(f"/moderation/{here.case.key}")

    assert page.all("//*[@id='criterion-C1']//h3") == ["Sheet A: 4 Exemplary", "Sheet B: 2 Developing"]
    assert len(set(names)) == 2
    assert [name for name in names if name in page.body] == []


def test_closed_case_opens_neither_its_sheets_nor_its_evidence(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    key, browser = here.case.key, visit(here.moderator)
    before = browser.get(f"/moderation/{key}")
    an_answered_case(here.assessed, here.moderator)
    answered = browser.get(f"/moderation/{key}")
    advance(here.assessed.assessment_id, AssessmentStep.END, by=SYSTEM, reason="Withdrawn.")

    after = browser.get(f"/moderation/{key}", status=409)

    assert all("Sheet A" in page.main for page in (before, answered))
    assert "This case is closed" in after.main
    assert "Sheet A" not in after.main


def test_page_names_neither_candidate_nor_organisation(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    candidate = a_person("Zinnia Quill")
    portfolio = an_admitted_portfolio(round_, candidate, organisation="Saltmarsh Optics")
    assessed = an_assessed_portfolio(round_, *GAP, portfolio=portfolio)
    coordinators = visit(a_coordinator(round_.id)).get(f"/rounds/{round_.key}/portfolios/{portfolio.key}")

    page = visit(a_moderator(round_.id)).get(f"/moderation/{case_of(assessed).key}")

    assert "Zinnia Quill" in coordinators.body
    assert "Saltmarsh Optics" in coordinators.body
    assert "Zenobia" not in page.body
    assert "Saltmarsh" not in page.body


def test_moderator_opens_panel_copies_of_the_case(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    portfolio = an_admitted_portfolio(round_, evidence=[*three_links(), a_text_file()])
    assessed = an_assessed_portfolio(round_, *GAP, portfolio=portfolio)
    moderator = a_moderator(round_.id)

    page = visit(moderator).get(f"/moderation/{case_of(assessed).key}")
    (copy,) = [href for href in page.links() if href.startswith("/reviews/copies/")]

    assert visit(moderator).open(copy).status_code == 303
    assert visit(a_person()).open(copy).status_code == 404


def test_one_form_takes_levels_reasons_and_the_answer(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    path = f"/moderation/{here.case.key}"

    shown = visit(here.moderator).get(path).field("shown")
    page = visit(here.moderator).post(path, answer=ANSWER, level_C1="3", reason_C1=REASON, shown=shown)

    assert "The case is answered." in page.text
    assert here.case.state is CaseState.ANSWERED
    assert standing(here.assessed.assessment_id).points_set == {"C1": 3}


def test_case_that_changed_since_it_was_shown_is_shown_again_with_what_was_typed(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    browser, path = visit(here.moderator), f"/moderation/{here.case.key}"
    before = browser.get(path)
    reopen(SYSTEM, here.assessed.assignments[0], "A figure of C2 was misread.")
    a_submitted_sheet(here.assessed.assignments[0], levels=1)

    page = browser.post(path, 409, answer=ANSWER, level_C1="3", reason_C1=REASON, shown=before.field("shown"))
    after = browser.post(path, answer=ANSWER, level_C1="3", reason_C1=REASON, shown=page.field("shown"))

    assert "This case has changed since you opened the page." in page.errors[0]
    assert page.all("//input[@name='level_C1'][@checked]/@value") == ["3"]
    assert [page.field("answer").strip(), page.field("reason_C1").strip()] == [ANSWER, REASON]
    assert "The case is answered." in after.text


def test_page_has_one_form_of_its_own(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)

    page = visit(here.moderator).get(f"/moderation/{here.case.key}")

    assert len(page.all("//main//form")) == 1
    assert page.all("//main//form/@data-behaviour") == ["guard"]


def test_what_is_missing_is_said_and_what_was_typed_stays(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    path = f"/moderation/{here.case.key}"

    page = visit(here.moderator).post(path, status=422, answer=" ", level_C1="3", reason_C2="It is more than it looks.")

    assert sorted(page.errors) == [
        "C1: say why you set this level.",
        "C2: choose the level that this reason is for, or empty the reason.",
        "Enter your answer.",
    ]
    assert page.all("//input[@name='level_C1'][@checked]/@value") == ["3"]
    assert "It is more than it looks." in page.body
    assert here.case.state is CaseState.WITH_MODERATOR


def test_answered_case_is_read_and_not_answered_again(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    an_answered_case(here.assessed, here.moderator, {"C1": 3})

    page = visit(here.moderator).get(f"/moderation/{here.case.key}")

    assert "This case doesn't wait for a moderator now." in page.main
    assert "set by a moderator: 3 Proficient" in page.main
    assert page.all("//main//form") == []


def test_moderator_who_assesses_it_learns_nothing_of_the_case(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    person_id = here.assessed.members[0].actor.person_id
    assert person_id is not None
    grant_role(SYSTEM, person_id, Role.MODERATOR, here.round.id)
    browser = visit(actor_of(person_id))

    assert visit(here.moderator).get("/moderation").references == [here.assessed.portfolio.reference]
    assert browser.get("/moderation").references == []
    browser.get(f"/moderation/{here.case.key}", status=404)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SIGNER, Role.OBSERVER])
def test_nobody_but_its_moderator_opens_a_case(app: Flask, visit: Visit, role: Role) -> None:
    here = a_scene(GAP)
    other = a_person()
    assert other.person_id is not None
    grant_role(SYSTEM, other.person_id, role, here.round.id)

    assert here.assessed.portfolio.reference in visit(here.moderator).get(f"/moderation/{here.case.key}").main
    assert visit(actor_of(other.person_id)).open(f"/moderation/{here.case.key}").status_code == 403


def test_moderator_of_another_round_learns_nothing_of_the_case(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    other = a_moderator(a_round(state="closed").id, "Indigo Prism")

    assert visit(here.moderator).get("/moderation").references == [here.assessed.portfolio.reference]
    assert visit(other).get("/moderation").references == []
    visit(other).get(f"/moderation/{here.case.key}", status=404)


def test_need_says_what_waits_for_the_moderator(app: Flask) -> None:
    here = a_scene(GAP)

    with app.test_request_context():
        found = needs_of(here.moderator)

    (need,) = [each for each in found if "moderator's answer" in str(each.sentence)]
    assert str(need.sentence) == f"{here.assessed.portfolio.reference} needs a moderator's answer"
    assert need.due_at == here.case.due_at


@pytest.mark.parametrize("portfolios", [1, 3])
def test_list_runs_a_constant_number_of_statements(
    app: Flask, visit: Visit, count_statements: Count, portfolios: int
) -> None:
    round_ = a_round(state="closed")
    members = [a_member(round_, capacity=20) for _ in range(2)]
    cases = [an_assessed_portfolio(round_, *GAP, members=members) for _ in range(portfolios)]
    browser = visit(a_moderator(round_.id))

    with count_statements() as seen:
        page = browser.get("/moderation")

    assert sorted(page.references) == sorted(each.portfolio.reference for each in cases)
    assert len(seen) == 4, seen.by_place()


@pytest.fixture
def trigger_of_our_own() -> Iterator[None]:
    """A trigger of a test's own, taken out again."""

    @trigger("all_alike")
    def all_alike(facts: CaseFacts) -> tuple[Reason, ...]:
        """Every sheet gives one level to everything, as if nobody had looked closely."""
        alike = all(len(set(sheet.levels.values())) == 1 for sheet in facts.sheets)
        return (Reason("all_alike", Sentence(N_("Each sheet has one level throughout."))),) if alike else ()

    yield
    TRIGGERS.remove("all_alike")


def test_new_trigger_works_and_stands_on_the_page(app: Flask, visit: Visit, trigger_of_our_own: None) -> None:
    here = a_scene(((3, 3, 3, 3, 3, 3), (3, 3, 3, 3, 3, 3)))
    browser = visit(here.moderator)

    listed, page = browser.get("/moderation"), browser.get(f"/moderation/{here.case.key}")

    assert "Every sheet gives one level to everything, as if nobody had looked closely." in listed.main
    assert "Each sheet has one level throughout." in page.main


def test_criterion_in_dispute_stands_first_and_is_marked(app: Flask, visit: Visit) -> None:
    here = a_scene(((3, 3, 3, 4, 3, 3), (3, 3, 3, 2, 3, 3)))

    page = visit(here.moderator).get(f"/moderation/{here.case.key}")

    assert page.all("//section[starts-with(@id, 'criterion-')]/@id")[:2] == ["criterion-C4", "criterion-C1"]
    assert "C4: levels 4, 2, a gap of 2" in page.all("//*[@id='criterion-C4']")[0]
    assert page.all("//*[@id='criterion-C1']//summary")[0].startswith("Not in dispute: A 3")
    assert "in dispute" not in page.all("//*[@id='criterion-C1']//*[contains(@class, 'tag')]")


def test_moderator_tries_levels_before_the_answer_and_nothing_is_kept(app: Flask, visit: Visit) -> None:
    here = a_scene(GAP)
    browser, path = visit(here.moderator), f"/moderation/{here.case.key}"

    page = browser.post(path, answer="Not sure yet.", level_C1="1", trial="1")

    assert "What your answer would give" in page.main
    assert page.field("answer").strip() == "Not sure yet."
    assert browser.get("/moderation").references == [here.assessed.portfolio.reference]
