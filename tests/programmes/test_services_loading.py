"""Loading frameworks and rubrics: the same data changes nothing, changed data is refused."""

import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app.demo.builders.accounts import a_person, an_admin
from panel_app.demo.builders.programmes import a_round, the_programmes
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.database import reading
from panel_app.foundation.numbers import exact
from panel_app.foundation.permissions import Refused
from panel_app.programmes import queries
from panel_app.programmes.models import Criterion, FrameworkCriterion, Level
from panel_app.programmes.services import load_programmes

pytestmark = pytest.mark.both_databases
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the package's data, to be changed."""
    shutil.copytree(str(files("panel_app.programmes") / "data"), tmp_path / "data")
    return tmp_path / "data"


def changed(folder: Path, name: str, change: Change, saved_as: str = "") -> Path:
    """Change one file of the folder, or save the changed one beside it."""
    block = json.loads((folder / name).read_text())
    change(block)
    (folder / (saved_as or name)).write_text(json.dumps(block, indent=3))
    return folder


def count(model: type) -> int:
    return reading().scalar(select(func.count()).select_from(model)) or 0


def test_all_data_is_loaded_once(app: Flask) -> None:
    assert load_programmes(SYSTEM) == ["PSF 1.1", "CPAA 2026.1", "CPAP 2026.1"]
    sizes = [count(model) for model in (FrameworkCriterion, Criterion, Level, AuditEvent)]

    assert load_programmes(SYSTEM) == []
    assert [count(model) for model in (FrameworkCriterion, Criterion, Level, AuditEvent)] == sizes
    assert sizes[1:] == [18, 72, 3]


def test_rubric_is_read_back_as_the_data_says(app: Flask) -> None:
    data = json.loads((files("panel_app.programmes") / "data" / "cpaa-2026.1.json").read_text())
    rubric = queries.rubric_of(a_round(programme="CPAA").id)

    assert [(part.code, part.assessors, part.is_blind, part.minutes) for part in rubric.parts] == [
        ("portfolio", 3, True, None),
        ("interview", 3, False, 60),
    ]
    assert [each.weight for each in rubric.criteria] == [each["weight"] for each in data["criteria"]]
    assert [level.points for level in rubric.criterion("I2").levels] == [4, 3, 2, 1]
    assert rubric.criterion("A1").levels[0].descriptor == data["criteria"][0]["levels"][0]["descriptor"]
    assert [section.id for section in rubric.sections] == [each["id"] for each in data["portfolio"]["sections"]]
    assert len(rubric.domains) == len(rubric.required_domains) == 8
    assert rubric.domains[0].criteria[0].code == "PSF-1.1"
    assert rubric.part("interview").requires == "portfolio pass"


def test_marks_of_the_decision_rule_stay_what_was_written(app: Flask) -> None:
    the_programmes()
    rubric = queries.published_rubric("CPAP", "2026.1")

    assert rubric is not None
    assert rubric.decision["pass"] == {"weighted_mean_at_least": 2.5, "no_criterion_below": 2}
    assert exact(rubric.decision["borderline_band"]) * 4 == 1  # type: ignore[arg-type]


def test_white_space_and_order_of_keys_change_nothing(app: Flask, folder: Path) -> None:
    load_programmes(SYSTEM)
    changed(folder, "cpap-2026.1.json", lambda block: block.update(name=block.pop("name")))

    assert load_programmes(SYSTEM, folder) == []


def test_changed_data_of_a_published_rubric_is_refused(app: Flask, folder: Path) -> None:
    load_programmes(SYSTEM)
    changed(folder, "cpap-2026.1.json", lambda block: block["criteria"][0].update(title="Another"))

    with pytest.raises(Refused, match=r"CPAP 2026.1 is published and never changes"):
        load_programmes(SYSTEM, folder)


def test_changed_data_of_a_framework_is_refused(app: Flask, folder: Path) -> None:
    load_programmes(SYSTEM)
    changed(folder, "psf-1.1.json", lambda block: block.update(name="Another"))

    with pytest.raises(Refused, match=r"PSF 1.1 is loaded and never changes"):
        load_programmes(SYSTEM, folder)


def test_round_stays_on_its_rubric_when_a_newer_version_is_published(app: Flask, folder: Path) -> None:
    """B130."""
    older = a_round(state="open")

    def heavier(block: dict[str, Any]) -> None:
        block["rubric_version"] = "2026.2"
        block["criteria"][0]["weight"], block["criteria"][5]["weight"] = 20, 10

    load_programmes(SYSTEM, changed(folder, "cpap-2026.1.json", heavier, "cpap-2026.2.json"))
    newer = a_round(state="open")

    weights = [[each.weight for each in queries.rubric_of(each.id).criteria] for each in (older, newer)]
    assert weights == [[25, 25, 20, 15, 10, 5], [20, 25, 20, 15, 10, 10]]
    assert [queries.promised(each.id).rubric.version for each in (older, newer)] == ["2026.1", "2026.2"]


def test_draft_rubric_is_replaced_and_can_be_pinned_by_nobody(app: Flask, folder: Path) -> None:
    changed(folder, "cpap-2026.1.json", lambda block: block.update(status="draft"))
    load_programmes(SYSTEM, folder)
    changed(folder, "cpap-2026.1.json", lambda block: block["criteria"][0].update(title="Another"))

    assert load_programmes(SYSTEM, folder) == ["CPAP 2026.1"]
    assert set(reading().scalars(select(Criterion.title).filter_by(code="C1"))) == {"Another"}
    assert [each.programme for each in queries.published_rubrics()] == ["CPAA"]


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("cpap-2026.1.json", lambda b: b["criteria"][0].update(weight=24), "the weights add up to 99, not to 100"),
        ("cpap-2026.1.json", lambda b: b["criteria"][0]["levels"].pop(), "criteria.0.levels"),
        ("cpap-2026.1.json", lambda b: b["criteria"][0]["levels"][0].update(points=3), "given twice: 3"),
        ("cpap-2026.1.json", lambda b: b["criteria"][1].update(id="C1"), "criterion given twice: C1"),
        ("cpap-2026.1.json", lambda b: b["criteria"][0].update(part="interview"), "each part needs criteria"),
        ("cpap-2026.1.json", lambda b: b["criteria"][0].update(domains=["PSF-9"]), "PSF 1.1 has no PSF-9"),
        ("cpap-2026.1.json", lambda b: b.update(framework="PSF 2.0"), "the framework PSF 2.0 is not loaded"),
        ("cpap-2026.1.json", lambda b: b["decision"].pop("borderline_band"), "decision.borderline_band"),
        (
            "cpap-2026.1.json",
            lambda b: b["decision"]["refer"].update(weighted_mean_at_least=3),
            "refer mark lies above",
        ),
        ("cpap-2026.1.json", lambda b: b.update(bonus=1), "bonus"),
        ("psf-1.1.json", lambda b: b["domains"][1].update(id="PSF-1"), "domain given twice: PSF-1"),
    ],
)
def test_file_that_is_not_in_order_is_refused_and_nothing_is_loaded(
    app: Flask, folder: Path, name: str, change: Change, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        load_programmes(SYSTEM, changed(folder, name, change))

    assert words in str(refused.value)
    assert str(refused.value).startswith(name)
    assert count(Criterion) == 0


def test_only_an_admin_or_the_system_loads(app: Flask) -> None:
    with pytest.raises(Refused, match="Only an admin"):
        load_programmes(a_person())

    assert load_programmes(an_admin())
