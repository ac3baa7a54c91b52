"""Loading frameworks and rubrics from data files: the same data changes nothing, changed data is refused."""

import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import rfc8785
from pydantic import BaseModel, ValidationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused
from panel_app.foundation.words import N_
from panel_app.programmes.happenings import FrameworkLoaded, RubricLoaded
from panel_app.programmes.models import (
    Criterion,
    Domain,
    Framework,
    FrameworkCriterion,
    Level,
    Programme,
    Rubric,
    RubricPart,
)
from panel_app.programmes.rules.states import RUBRIC, RubricMove, RubricState
from panel_app.programmes.services.documents import CriterionDocument, FrameworkDocument, RubricDocument

Block = dict[str, Any]
D = TypeVar("D", bound=BaseModel)


def load_programmes(actor: Actor, folder: Traversable | None = None) -> list[str]:
    """Load every framework, then every rubric, of a folder (the package's own by default), all or nothing.

    Returns the names of what is new. Raises Refused for a file that is not in order, for changed data of a framework
    or of a published rubric, and for who is neither the system nor an admin. A draft rubric is replaced.
    """
    if not (actor.is_system or actor.holds(Role.ADMIN)):
        raise Refused(N_("Only an admin can load programmes."))
    blocks = _read(folder or files("panel_app.programmes") / "data")
    with transaction() as db:
        new = [_load_framework(db, name, block, actor) for name, block in blocks if "domains" in block]
        new += [_load_rubric(db, name, block, actor) for name, block in blocks if "domains" not in block]
    return [name for name in new if name]


def _read(folder: Traversable) -> list[tuple[str, Block]]:
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".json")), key=lambda each: each.name)
    return [(each.name, json.loads(each.read_text(encoding="utf-8"))) for each in found]


def _checked(kind: type[D], name: str, block: Block) -> D:
    try:
        return kind.model_validate(block)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Refused(f"{name}: {where + ': ' if where else ''}{first['msg']}. Correct the file.") from error


def digest_of(block: Block) -> str:
    """SHA-256 of the data in canonical JSON (RFC 8785): white space and order of keys don't count."""
    return _digest(json.dumps(block))


@lru_cache(maxsize=16)
def _digest(text: str) -> str:
    """Reckoned once for each text: the files are read again whenever someone asks whether they are loaded."""
    return hashlib.sha256(rfc8785.dumps(json.loads(text))).hexdigest()


def _load_framework(db: Session, name: str, block: Block, actor: Actor) -> str:
    document, digest = _checked(FrameworkDocument, name, block), digest_of(block)
    known = db.scalars(select(Framework).filter_by(code=document.framework, version=document.version)).one_or_none()
    if known is not None:
        if known.digest != digest:
            raise Refused(
                f"{name}: {known.code} {known.version} is loaded and never changes. Give the data a new version."
            )
        return ""
    row = Framework(
        code=document.framework,
        version=document.version,
        name=document.name,
        published=document.published,
        licence=document.licence,
        changes=block["changes"],
        digest=digest,
    )
    db.add(row)
    db.flush()
    _add_domains(db, row.id, document)
    record(FrameworkLoaded(framework=row.code, version=row.version, digest=digest), by=actor)
    return f"{row.code} {row.version}"


def _add_domains(db: Session, framework_id: int, document: FrameworkDocument) -> None:
    domains = [
        Domain(
            framework_id=framework_id,
            code=each.id,
            position=position,
            title=each.title,
            summary=each.summary,
            source=each.source,
        )
        for position, each in enumerate(document.domains, 1)
    ]
    db.add_all(domains)
    db.flush()
    db.add_all(
        FrameworkCriterion(
            domain_id=domain.id,
            code=criterion.id,
            position=place,
            title=criterion.title,
            summary=criterion.summary,
            source=criterion.source,
        )
        for domain, each in zip(domains, document.domains, strict=True)
        for place, criterion in enumerate(each.criteria, 1)
    )


def _load_rubric(db: Session, name: str, block: Block, actor: Actor) -> str:
    document, digest = _checked(RubricDocument, name, block), digest_of(block)
    programme, framework = _programme(db, document), _framework(db, name, document)
    title = f"{programme.code} {document.rubric_version}"
    row = db.scalars(select(Rubric).filter_by(programme_id=programme.id, version=document.rubric_version)).one_or_none()
    if row is not None and row.digest == digest:
        return ""
    if row is not None and row.state is RubricState.PUBLISHED:
        raise Refused(f"{name}: {title} is published and never changes. Give the data a new version.")
    row = _as_draft(db, row, Rubric(programme_id=programme.id, framework_id=framework.id), block, digest)
    _add_criteria(db, row.id, document)
    if document.status == RubricState.PUBLISHED.value:
        db.flush()
        row.state, row.published_at = RUBRIC.after(RubricMove.PUBLISH, row.state), clock.now()
    loaded = RubricLoaded(programme=programme.code, version=row.version, state=row.state.value, digest=digest)
    record(loaded, by=actor)
    return title


def _programme(db: Session, document: RubricDocument) -> Programme:
    row = db.scalars(select(Programme).filter_by(code=document.programme)).one_or_none()
    if row is None:
        row = Programme(code=document.programme, name=document.name)
        db.add(row)
        db.flush()
    return row


def _framework(db: Session, name: str, document: RubricDocument) -> Framework:
    code, version = document.framework.split(" ")
    row = db.scalars(select(Framework).filter_by(code=code, version=version)).one_or_none()
    if row is None:
        raise Refused(f"{name}: the framework {document.framework} is not loaded. Put its file beside this one.")
    known = set(db.scalars(select(Domain.code).filter_by(framework_id=row.id)))
    if unknown := sorted(document.named_domains() - known):
        raise Refused(f"{name}: {document.framework} has no {', '.join(unknown)}. Correct the domains.")
    return row


def _as_draft(db: Session, known: Rubric | None, new: Rubric, block: Block, digest: str) -> Rubric:
    """The rubric's row without criteria: a new one, or the known draft emptied."""
    row = known or new
    if known is not None:
        criteria = select(Criterion.id).filter_by(rubric_id=known.id)
        db.execute(delete(Level).where(Level.criterion_id.in_(criteria)))
        db.execute(delete(Criterion).where(Criterion.rubric_id == known.id))
        db.execute(delete(RubricPart).where(RubricPart.rubric_id == known.id))
        row.framework_id = new.framework_id
    row.version, row.state, row.digest = block["rubric_version"], RUBRIC.start, digest
    row.portfolio, row.decision, row.discrepancy = block["portfolio"], block["decision"], block["discrepancy"]
    row.credential, row.note = block["credential"], block["note"]
    db.add(row)
    db.flush()
    return row


def _add_criteria(db: Session, rubric_id: int, document: RubricDocument) -> None:
    parts = {
        part.id: RubricPart(
            rubric_id=rubric_id,
            code=part.id,
            position=position,
            title=part.title,
            assessors=part.assessors,
            is_blind=part.blind,
            minutes=part.minutes,
            requires=part.requires,
        )
        for position, part in enumerate(document.parts, 1)
    }
    db.add_all(parts.values())
    db.flush()
    criteria = [
        _criterion(rubric_id, parts[each.part].id, position, each) for position, each in enumerate(document.criteria, 1)
    ]
    db.add_all(criteria)
    db.flush()
    db.add_all(
        Level(criterion_id=criterion.id, points=level.points, label=level.label, descriptor=level.descriptor)
        for criterion, each in zip(criteria, document.criteria, strict=True)
        for level in each.levels
    )


def _criterion(rubric_id: int, part_id: int, position: int, document: CriterionDocument) -> Criterion:
    return Criterion(
        rubric_id=rubric_id,
        part_id=part_id,
        code=document.id,
        position=position,
        title=document.title,
        asks=document.asks,
        weight=document.weight,
        domains=document.domains,
        source=document.source,
    )
