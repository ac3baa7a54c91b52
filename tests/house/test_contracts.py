"""The import contracts can fail: each is shown an import, or a newcomer, that it must refuse."""

from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph
from importlinter import Contract, ContractCheck, configuration
from importlinter.application.use_cases import read_user_options
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from scripts.contracts import Blindness, StageFiles

ROOT = Path(__file__).resolve().parents[2]
TYPES: dict[str, type[Contract]] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "stage_files": StageFiles,
    "blindness": Blindness,
}
configuration.configure()  # as its command does: the contracts keep time


@pytest.fixture(scope="module")
def imports() -> ImportGraph:
    """Who imports whom, read once; each test changes a copy."""
    return build_graph("panel_app", include_external_packages=True, cache_dir=None)


def check(contract_id: str, graph: ImportGraph) -> ContractCheck:
    """Run one contract of pyproject.toml on a graph."""
    options = read_user_options(config_filename=str(ROOT / "pyproject.toml"))
    table = next(table for table in options.contracts_options if table["id"] == contract_id)
    contract = TYPES[table["type"]](table["name"], options.session_options, table)
    return contract.check(graph, verbose=False)


def with_import(graph: ImportGraph, importer: str, imported: str) -> ImportGraph:
    """A copy in which one module imports another."""
    changed = ImportGraph()
    for module in graph.modules:
        changed.add_module(module, is_squashed=graph.is_module_squashed(module))
    for module in graph.modules:
        for found in graph.find_modules_directly_imported_by(module):
            changed.add_import(importer=module, imported=found)
    changed.add_module(importer.rpartition(".")[0])
    changed.add_import(importer=importer, imported=imported, line_number=1, line_contents=f"import {imported}")
    return changed


def test_a_stage_that_imports_a_later_one_breaks_the_contract(imports: ImportGraph) -> None:
    graph = with_import(imports, "panel_app.foundation.database", "panel_app.portfolios.models")

    assert check("stages", imports).kept
    assert not check("stages", graph).kept


def test_a_package_that_nobody_placed_breaks_the_contract(imports: ImportGraph) -> None:
    graph = with_import(imports, "panel_app.newcomer", "panel_app.clock")

    result = check("stages", graph)

    assert not result.kept
    assert "newcomer" in str(result.metadata)


def test_a_file_that_imports_a_later_kind_breaks_the_contract(imports: ImportGraph) -> None:
    graph = with_import(imports, "panel_app.sample.rules", "panel_app.sample.blind_views")

    result = check("files", graph)

    assert not result.kept
    assert (
        "panel_app.sample.rules imports panel_app.sample.blind_views, which stands above it."
        in result.metadata["wrong"]
    )


def test_a_file_of_no_known_kind_breaks_the_contract(imports: ImportGraph) -> None:
    graph = with_import(imports, "panel_app.sample.manager", "panel_app.clock")

    result = check("files", graph)

    assert not result.kept
    assert "panel_app.sample.manager" in result.metadata["unplaced"]


def test_a_panel_page_that_imports_identity_breaks_the_contract(imports: ImportGraph) -> None:
    graph = with_import(imports, "panel_app.scoring.views", "panel_app.portfolios.identity")

    assert check("blindness", imports).kept
    assert not check("blindness", graph).kept


def test_names_that_import_the_database_break_the_contract(imports: ImportGraph) -> None:
    graph = with_import(imports, "panel_app.names.people", "sqlalchemy")

    assert check("pure-names", imports).kept
    assert not check("pure-names", graph).kept


def test_every_file_of_a_stage_imports_the_kinds_before_it(imports: ImportGraph) -> None:
    assert check("files", imports).metadata == {"unplaced": [], "wrong": []}
