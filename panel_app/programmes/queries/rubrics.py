"""Reads of rubrics: the published criteria, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, select

from panel_app.foundation.database import reading
from panel_app.programmes.models import (
    Criterion,
    Domain,
    Framework,
    FrameworkCriterion,
    Level,
    Programme,
    Round,
    Rubric,
    RubricPart,
)
from panel_app.programmes.rules.states import RubricState


@dataclass(frozen=True)
class RubricChoice:
    """A published rubric that a new round may pin. `assessors`: part → how many."""

    id: int
    key: str
    programme: str
    programme_name: str
    version: str
    framework: str
    digest: str
    published_at: datetime | None


def published_rubrics(programme: str | None = None) -> list[RubricChoice]:
    """Every published rubric, by programme, the latest first. One statement."""
    query = (
        select(
            Rubric.id,
            Rubric.key,
            Programme.code,
            Programme.name,
            Rubric.version,
            Framework.code + " " + Framework.version,
            Rubric.digest,
            Rubric.published_at,
        )
        .join(Programme, Programme.id == Rubric.programme_id)
        .join(Framework, Framework.id == Rubric.framework_id)
        .where(Rubric.state == RubricState.PUBLISHED)
        .order_by(Programme.code, Rubric.published_at.desc(), Rubric.version.desc(), Rubric.id)
    )
    if programme is not None:
        query = query.where(Programme.code == programme)
    return [RubricChoice(*row) for row in reading().execute(query)]


@dataclass(frozen=True)
class LevelView:
    """A level of a criterion, with its published descriptor."""

    id: int
    points: int
    label: str
    descriptor: str


@dataclass(frozen=True)
class CriterionView:
    """A criterion; `weight` in whole per cent of the rubric, levels from the highest down, `domains` by code."""

    id: int
    part: str
    code: str
    title: str
    asks: str
    weight: int
    domains: tuple[str, ...]
    source: str
    levels: tuple[LevelView, ...]


@dataclass(frozen=True)
class PartView:
    """A part of the assessment with its criteria."""

    id: int
    code: str
    title: str
    assessors: int
    is_blind: bool
    minutes: int | None
    requires: str | None
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True)
class SectionView:
    """A section that a candidate writes; `id` is the rubric's name for it."""

    id: str
    title: str
    asks: str
    max_words: int


@dataclass(frozen=True)
class FrameworkCriterionView:
    """A criterion of a framework's domain: PSF-1.1."""

    code: str
    title: str
    summary: str


@dataclass(frozen=True)
class DomainView:
    """A domain of the framework that the rubric stands on."""

    code: str
    title: str
    summary: str
    criteria: tuple[FrameworkCriterionView, ...]


@dataclass(frozen=True)
class RubricView:
    """A rubric, whole. Sizes in MB of 2**20 bytes. `decision` and `discrepancy` stand as in the data."""

    id: int
    key: str
    programme: str
    programme_name: str
    version: str
    framework: str
    framework_name: str
    licence: str
    published_at: datetime | None
    parts: tuple[PartView, ...]
    sections: tuple[SectionView, ...]
    domains: tuple[DomainView, ...]
    required_domains: tuple[str, ...]
    min_evidence: int
    max_files: int
    max_file_mb: int
    max_total_mb: int
    decision: Mapping[str, object]
    discrepancy: Mapping[str, object]
    valid_months: int

    @property
    def criteria(self) -> tuple[CriterionView, ...]:
        """The criteria of all parts, in order."""
        return tuple(criterion for part in self.parts for criterion in part.criteria)

    def part(self, code: str) -> PartView:
        """The part of that code. Raises KeyError."""
        return {part.code: part for part in self.parts}[code]

    def criterion(self, code: str) -> CriterionView:
        """The criterion of that code. Raises KeyError."""
        return {criterion.code: criterion for criterion in self.criteria}[code]


def rubric_of(round_id: int) -> RubricView:
    """The rubric that the round pins. Raises LookupError for an unknown round. Four statements."""
    return _rubric(Rubric.id == select(Round.rubric_id).where(Round.id == round_id).scalar_subquery())


def published_rubric(programme: str, version: str) -> RubricView | None:
    """A published rubric by programme and version. Four statements, one when there is none."""
    is_it = (Programme.code == programme) & (Rubric.version == version) & (Rubric.state == RubricState.PUBLISHED)
    try:
        return _rubric(is_it)
    except LookupError:
        return None


def _rubric(is_it: ColumnElement[bool]) -> RubricView:
    row = (
        reading()
        .execute(
            select(Rubric, Programme, Framework)
            .join(Programme, Programme.id == Rubric.programme_id)
            .join(Framework, Framework.id == Rubric.framework_id)
            .where(is_it)
        )
        .one_or_none()
    )
    if row is None:
        raise LookupError("there is no such rubric")
    rubric, programme, framework = row
    needs = rubric.portfolio
    return RubricView(
        id=rubric.id,
        key=rubric.key,
        programme=programme.code,
        programme_name=programme.name,
        version=rubric.version,
        framework=f"{framework.code} {framework.version}",
        framework_name=framework.name,
        licence=framework.licence,
        published_at=rubric.published_at,
        parts=_parts(rubric.id),
        sections=tuple(SectionView(**section) for section in needs["sections"]),
        domains=_domains(framework.id),
        required_domains=tuple(needs["required_domains"]),
        min_evidence=needs["min_evidence"],
        max_files=needs["max_files"],
        max_file_mb=needs["max_file_mb"],
        max_total_mb=needs["max_total_mb"],
        decision=rubric.decision,
        discrepancy=rubric.discrepancy,
        valid_months=rubric.credential["valid_months"],
    )


def _parts(rubric_id: int) -> tuple[PartView, ...]:
    parts = reading().scalars(
        select(RubricPart).filter_by(rubric_id=rubric_id).order_by(RubricPart.position, RubricPart.id)
    )
    criteria = _criteria(rubric_id)
    return tuple(
        PartView(
            id=part.id,
            code=part.code,
            title=part.title,
            assessors=part.assessors,
            is_blind=part.is_blind,
            minutes=part.minutes,
            requires=part.requires,
            criteria=tuple(criterion for criterion in criteria if criterion.part == part.code),
        )
        for part in parts.all()
    )


def _criteria(rubric_id: int) -> list[CriterionView]:
    rows = reading().execute(
        select(Criterion, RubricPart.code, Level)
        .join(RubricPart, RubricPart.id == Criterion.part_id)
        .join(Level, Level.criterion_id == Criterion.id)
        .where(Criterion.rubric_id == rubric_id)
        .order_by(Criterion.position, Criterion.id, Level.points.desc(), Level.id)
    )
    grouped = groupby(rows, key=lambda row: (row[0], row[1]))
    return [_criterion(criterion, part, (level for _, _, level in group)) for (criterion, part), group in grouped]


def _criterion(criterion: Criterion, part: str, levels: Iterable[Level]) -> CriterionView:
    return CriterionView(
        id=criterion.id,
        part=part,
        code=criterion.code,
        title=criterion.title,
        asks=criterion.asks,
        weight=criterion.weight,
        domains=tuple(criterion.domains),
        source=criterion.source,
        levels=tuple(LevelView(each.id, each.points, each.label, each.descriptor) for each in levels),
    )


def _domains(framework_id: int) -> tuple[DomainView, ...]:
    rows = reading().execute(
        select(Domain, FrameworkCriterion)
        .join(FrameworkCriterion, FrameworkCriterion.domain_id == Domain.id)
        .where(Domain.framework_id == framework_id)
        .order_by(Domain.position, Domain.id, FrameworkCriterion.position, FrameworkCriterion.id)
    )
    grouped = groupby(rows, key=lambda row: row[0])
    return tuple(
        DomainView(
            code=domain.code,
            title=domain.title,
            summary=domain.summary,
            criteria=tuple(FrameworkCriterionView(each.code, each.title, each.summary) for _, each in group),
        )
        for domain, group in grouped
    )
