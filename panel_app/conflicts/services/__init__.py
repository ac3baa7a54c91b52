"""Use cases of conflicts: the only writers of the register."""

from panel_app.conflicts.services.deciding import decide
from panel_app.conflicts.services.independence import independence, person_is_independent
from panel_app.conflicts.services.rechecking import recheck
from panel_app.conflicts.services.register import check_round

__all__ = ["check_round", "decide", "independence", "person_is_independent", "recheck"]
