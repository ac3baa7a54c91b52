"""The scheduler's part: releases whose time has come."""

from panel_app.foundation.jobs.recurring import recurring
from panel_app.outcomes.services import release_due


@recurring("outcomes.release", every_seconds=15)
def release_what_is_due() -> int:
    """Releases the outcomes whose time has come, each exactly once, with a message to each candidate."""
    return release_due()
