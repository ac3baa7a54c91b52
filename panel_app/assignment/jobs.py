"""What comes back by itself: offers that nobody answered."""

from panel_app.assignment.services import expire_offers
from panel_app.foundation.jobs.recurring import recurring


@recurring("assignment.expire_offers", every_seconds=60)
def expire_unanswered_offers() -> int:
    """Ends offers that were not answered in time, and asks the next best."""
    return expire_offers()
