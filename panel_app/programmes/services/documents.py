"""The data files of frameworks and rubrics, as they must be: shapes, and what must agree inside one file."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Source = Literal["published", "house"]
Points = Annotated[int, Field(ge=1, le=9, strict=True)]
Mark = Annotated[float | int, Field(ge=0, le=9)]
Count = Annotated[int, Field(ge=0, strict=True)]


class Document(BaseModel):
    """Base: nothing surplus, nothing bent into shape."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Change(Document):
    """What changed since an earlier version of a framework."""

    since: str = Field(alias="from")
    domain: Code
    rationale: Text


class FrameworkCriterionDocument(Document):
    """PSF-1.1 and its like."""

    id: Code
    title: Title
    summary: Text
    source: Source


class DomainDocument(Document):
    """A domain with its criteria."""

    id: Code
    title: Title
    summary: Text
    source: Source
    criteria: Annotated[list[FrameworkCriterionDocument], Field(min_length=1)]


class FrameworkDocument(Document):
    """A file that holds one version of a framework."""

    framework: Code
    name: Title
    version: Code
    published: Annotated[str, Field(max_length=20)]
    licence: Text
    changes: list[Change]
    domains: Annotated[list[DomainDocument], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_stand_once(self) -> "FrameworkDocument":
        _once("domain", [domain.id for domain in self.domains])
        _once("criterion", [each.id for domain in self.domains for each in domain.criteria])
        return self


class SectionDocument(Document):
    """A section that a candidate writes."""

    id: Slug
    title: Title
    asks: Text
    max_words: Annotated[int, Field(ge=1, strict=True)]


class PortfolioDocument(Document):
    """What a portfolio must have, and its limits."""

    sections: Annotated[list[SectionDocument], Field(min_length=1)]
    min_evidence: Count
    max_files: Count
    max_file_mb: Annotated[int, Field(ge=1, strict=True)]
    max_total_mb: Annotated[int, Field(ge=1, strict=True)]
    required_domains: list[Code]

    @model_validator(mode="after")
    def _sections_stand_once(self) -> "PortfolioDocument":
        _once("section", [section.id for section in self.sections])
        return self


class PartDocument(Document):
    """A part of the assessment."""

    id: Slug
    title: Title
    assessors: Annotated[int, Field(ge=1, le=9, strict=True)]
    blind: bool
    minutes: Annotated[int, Field(ge=1, strict=True)] | None = None
    requires: Annotated[str, Field(max_length=60)] | None = None


class LevelDocument(Document):
    """A level with its published descriptor."""

    points: Points
    label: Annotated[str, Field(min_length=1, max_length=60)]
    descriptor: Text


class CriterionDocument(Document):
    """A criterion with four levels."""

    id: Code
    title: Title
    asks: Text
    weight: Annotated[int, Field(ge=1, le=100, strict=True)]
    domains: list[Code]
    source: Source
    levels: Annotated[list[LevelDocument], Field(min_length=4, max_length=4)]
    part: Slug

    @model_validator(mode="after")
    def _points_stand_once(self) -> "CriterionDocument":
        _once(f"level of {self.id}", [str(level.points) for level in self.levels])
        return self


class PassDocument(Document):
    """When a portfolio passes."""

    weighted_mean_at_least: Mark
    no_criterion_below: Mark


class ReferDocument(Document):
    """When one that doesn't pass is referred."""

    weighted_mean_at_least: Mark
    max_criteria_below: Count


class DecisionDocument(Document):
    """The decision rule; stored as it stands, so that 2.5 stays what a person wrote."""

    passes: PassDocument = Field(alias="pass")
    refers: ReferDocument = Field(alias="refer")
    otherwise: Literal["fail", "refer"]
    borderline_band: Mark
    counted_sheets: Literal["all"]

    @model_validator(mode="after")
    def _marks_in_order(self) -> "DecisionDocument":
        if self.refers.weighted_mean_at_least > self.passes.weighted_mean_at_least:
            raise ValueError("the refer mark lies above the pass mark")
        return self


class DiscrepancyDocument(Document):
    """When score sheets disagree too much."""

    criterion_gap_at_least: Points
    mean_gap_at_least: Mark
    split_decision: bool


class CredentialDocument(Document):
    """What a pass gives."""

    valid_months: Annotated[int, Field(ge=1, strict=True)]
    renewal: Text
    source: Source


class RubricDocument(Document):
    """A file that holds one version of a programme's rubric."""

    programme: Code
    name: Title
    rubric_version: Code
    framework: Annotated[str, Field(pattern=r"^\S+ \S+$")]
    status: Literal["draft", "published"]
    note: Text
    portfolio: PortfolioDocument
    parts: Annotated[list[PartDocument], Field(min_length=1)]
    criteria: Annotated[list[CriterionDocument], Field(min_length=1)]
    decision: DecisionDocument
    discrepancy: DiscrepancyDocument
    credential: CredentialDocument

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "RubricDocument":
        _once("part", [part.id for part in self.parts])
        _once("criterion", [criterion.id for criterion in self.criteria])
        if {criterion.part for criterion in self.criteria} != {part.id for part in self.parts}:
            raise ValueError("each part needs criteria, and each criterion one of the parts")
        total = sum(criterion.weight for criterion in self.criteria)
        if total != 100:
            raise ValueError(f"the weights add up to {total}, not to 100")
        return self

    def named_domains(self) -> set[str]:
        """Every domain of the framework that the rubric speaks of."""
        return {*self.portfolio.required_domains, *(code for each in self.criteria for code in each.domains)}


def _once(thing: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{thing} given twice: {', '.join(twice)}")
