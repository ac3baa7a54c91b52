"""References of a sheet's scores, as the sheet's fields hold them."""

from collections import defaultdict

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.programmes.models import Criterion
from panel_app.scoring.models import Score, ScoreReference
from panel_app.scoring.rules.references import Reference, written


def references_of(sheet_id: int) -> dict[str, str]:
    """Criterion → its references as its field holds them; only criteria that have some. One statement."""
    rows = reading().execute(
        select(Criterion.code, ScoreReference)
        .join(Score, Score.id == ScoreReference.score_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Score.sheet_id == sheet_id)
        .order_by(Criterion.position, ScoreReference.position, ScoreReference.id)
        .execution_options(populate_existing=True)
    )
    found: dict[str, list[Reference]] = defaultdict(list)
    for code, row in rows:
        found[code].append(_reference(row))
    return {code: written(references) for code, references in found.items()}


def _reference(row: ScoreReference) -> Reference:
    box = (row.box_left, row.box_top, row.box_width, row.box_height)
    left, top, width, height = box
    is_box = left is not None and top is not None and width is not None and height is not None
    return Reference(
        key=row.key,
        piece=row.piece,
        page=row.page,
        quote=row.quote,
        nth=row.nth,
        box=(left, top, width, height) if is_box else None,  # type: ignore[arg-type]  # all four or none: the schema
        copy=row.copy_key,
    )
