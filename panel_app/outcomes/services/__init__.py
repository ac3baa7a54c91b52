"""Use cases of outcomes: the only writers of this stage."""

from panel_app.outcomes.services.proposing import propose
from panel_app.outcomes.services.releasing import prepare_release, release_due
from panel_app.outcomes.services.signing import send_back, sign_off, strike_criterion

__all__ = ["prepare_release", "propose", "release_due", "send_back", "sign_off", "strike_criterion"]
