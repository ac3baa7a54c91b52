"""How long sheets take: the panel's median of at least five, and one's own, which nobody else reads."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from panel_app.assignment.models import Assignment
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment
from panel_app.scoring.models import SheetPace
from panel_app.scoring.rules.queue import OWN_ENOUGH, usual_minutes

MOST_SHEETS = 500
"""So many of the latest sheets make the median."""


@dataclass(frozen=True)
class Pace:
    """Minutes that a sheet of one part usually takes: the panel, and oneself; none where there are too few to say."""

    panel: int | None
    own: int | None


def paces(member_id: int, part_ids: Collection[int]) -> Mapping[int, Pace]:
    """Part → pace. Portfolios on which the member has a part tell nothing here: they stay blind. Two statements."""
    mine = select(Assignment.assessment_id).where(Assignment.member_id == member_id)
    found = (
        select(Assessment.part_id, SheetPace.minutes)
        .join(Assignment, Assignment.id == SheetPace.assignment_id)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .where(Assessment.part_id.in_(part_ids))
        .order_by(SheetPace.id.desc())
        .limit(MOST_SHEETS)
    )
    panel: dict[int, list[int]] = defaultdict(list)
    own: dict[int, list[int]] = defaultdict(list)
    for part_id, minutes in reading().execute(found.where(Assessment.id.not_in(mine))):
        panel[part_id].append(minutes)
    for part_id, minutes in reading().execute(found.where(Assignment.member_id == member_id)):
        own[part_id].append(minutes)
    return {each: Pace(usual_minutes(panel[each]), usual_minutes(own[each], OWN_ENOUGH)) for each in part_ids}
