"""Use cases of programmes: loading them, making, publishing, moving and ending rounds."""

from panel_app.programmes.services.loading import load_programmes
from panel_app.programmes.services.moving import move_dates, tell_dates_moved
from panel_app.programmes.services.publishing import change_working_policy, end_round, publish_round
from panel_app.programmes.services.rounds import RoundPlan, edit_round, is_open, make_round, missing_people

__all__ = [
    "RoundPlan",
    "change_working_policy",
    "edit_round",
    "end_round",
    "is_open",
    "load_programmes",
    "make_round",
    "missing_people",
    "move_dates",
    "publish_round",
    "tell_dates_moved",
]
