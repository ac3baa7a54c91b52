"""The order of a member's reviews, and how long one takes. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

ENOUGH = 5
"""A median of fewer sheets would tell of single ones."""
OWN_ENOUGH = 2
"""Fewer of one's own sheets are no pace yet."""
STEP = 5
"""Expected minutes are told in fives: more exact they are not."""
PAUSE = timedelta(minutes=30)
"""Between two saves further apart than this, the assessor did something else."""


def place_of(seed: str, key: str) -> int:
    """Where an assignment stands among those of the same date: the same for ever, another for each seed."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{key}".encode()).digest()[:4], "big") >> 1


def minutes_worked(saves: Sequence[datetime]) -> int:
    """Whole minutes between saves in order, without pauses; at least one."""
    gaps = [later - earlier for earlier, later in pairwise(saves)]
    worked = sum((gap for gap in gaps if gap <= PAUSE), timedelta())
    return max(1, round(worked / timedelta(minutes=1)))


def usual_minutes(minutes: Sequence[int], enough: int = ENOUGH) -> int | None:
    """The median, in steps of five minutes; none where there are too few to say."""
    if len(minutes) < enough:
        return None
    return max(STEP, round(median(minutes) / STEP) * STEP)
