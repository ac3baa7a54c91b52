"""Import contracts of our own, run by import-linter (`make contracts`) beside its built-in ones."""

from __future__ import annotations

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.domain.imports import ModuleExpression


class StageFiles(Contract):
    """Inside a stage, a file may import files of its own kind and of the kinds before it.

    Every package in `container` that is not `outside` is a stage. A module's kind is its name's last word
    (`blind_views`: views), or what a line `name = kind` in `also` says. One that has no kind breaks the contract.
    """

    type_name = "stage_files"

    container = fields.StringField()
    outside = fields.ListField(subfield=fields.StringField())
    kinds = fields.ListField(subfield=fields.StringField())
    also = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every unplaced module and every import that goes the wrong way, of every stage."""
        unplaced: list[str] = []
        wrong: list[str] = []
        for stage in self.stages(graph):
            unplaced += [module for module in sorted(graph.find_children(stage)) if self.place(module) is None]
            wrong += self.wrong_imports(graph, stage)
        return ContractCheck(kept=not unplaced and not wrong, metadata={"unplaced": unplaced, "wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say what to do about each finding."""
        for module in check.metadata["unplaced"]:
            output.print(f"- {module}: end its name in a kind of file, or give it a place in `also`.")
        for sentence in check.metadata["wrong"]:
            output.print(f"- {sentence}")

    def stages(self, graph: ImportGraph) -> list[str]:
        """The packages of the container that are stages, in alphabetical order."""
        packages = (module for module in graph.find_children(str(self.container)) if graph.find_children(module))
        return sorted(module for module in packages if module.rsplit(".", 1)[-1] not in texts(self.outside))

    def place(self, module: str) -> int | None:
        """How far up a module stands: 0 is the bottom; None when nothing gives it a place."""
        name = module.rsplit(".", 1)[-1]
        placed = dict(line.replace(" ", "").split("=", 1) for line in texts(self.also))
        kind = placed.get(name, name.rsplit("_", 1)[-1])
        found = (level for level, names in enumerate(texts(self.kinds)) if kind in names.split())
        return next(found, None)

    def wrong_imports(self, graph: ImportGraph, stage: str) -> Iterator[str]:
        """One sentence for each import of a kind that stands above the importer's."""
        for importer in sorted(graph.find_descendants(stage)):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if not imported.startswith(f"{stage}."):
                    continue
                lower, upper = self.place(child_of(stage, importer)), self.place(child_of(stage, imported))
                if lower is not None and upper is not None and upper > lower:
                    yield f"{importer} imports {imported}, which stands above it."


def child_of(stage: str, module: str) -> str:
    """The module directly below a stage that holds this one."""
    return ".".join(module.split(".")[: stage.count(".") + 2])


def texts(option: object) -> list[str]:
    """The texts of a list in the contract's table."""
    return [str(text) for text in option] if isinstance(option, list) else []


class Blindness(ForbiddenContract):
    """A forbidden contract whose modules may not be written yet: what is missing is left out, and said."""

    type_name = "blindness"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """As the built-in contract does, with the modules that exist."""
        missing: list[str] = []
        for option in ("source_modules", "forbidden_modules"):
            missing += self.leave_out(graph, option)
            if not getattr(self, option):
                return ContractCheck(kept=True, warnings=missing)
        result: ContractCheck = super().check(graph, verbose)
        return ContractCheck(kept=result.kept, warnings=[*result.warnings, *missing], metadata=result.metadata)

    def leave_out(self, graph: ImportGraph, option: str) -> list[str]:
        """Drop the missing modules of one option; the sentence for each."""
        wanted: set[ModuleExpression] = getattr(self, option)
        ours = [expression for expression in wanted if expression.expression.split(".")[0] in graph_roots(graph)]
        missing = {expression for expression in ours if expression.expression not in graph.modules}
        setattr(self, option, wanted - missing)
        return sorted(f"{expression.expression} is not there yet." for expression in missing)


def graph_roots(graph: ImportGraph) -> set[str]:
    """The names of the root packages that the graph holds in full."""
    return {module.split(".")[0] for module in graph.modules if not graph.is_module_squashed(module)}
