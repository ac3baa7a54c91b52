"""The rows of a score's references, as its field holds them."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from panel_app.scoring.models import ScoreReference
from panel_app.scoring.rules.references import Reference


def write_references(db: Session, score_id: int, references: Sequence[Reference]) -> None:
    """Put these in place of those that were there, in this order. Earlier ones stay in the sheet's history."""
    db.execute(delete(ScoreReference).where(ScoreReference.score_id == score_id))
    for position, each in enumerate(references, 1):
        left, top, width, height = each.box or (None, None, None, None)
        db.add(
            ScoreReference(
                score_id=score_id,
                position=position,
                key=each.key,
                piece=each.piece,
                page=each.page,
                quote=each.quote,
                nth=each.nth,
                box_left=left,
                box_top=top,
                box_width=width,
                box_height=height,
                copy_key=each.copy,
            )
        )
