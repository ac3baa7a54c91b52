"""Pages of outcomes: signers' under /sign-off, a coordinator's under /rounds, the candidate's under /portfolios."""

from panel_app.outcomes.views import candidate, release, signing
from panel_app.outcomes.views.blueprint import bp

__all__ = ["bp", "candidate", "release", "signing"]
