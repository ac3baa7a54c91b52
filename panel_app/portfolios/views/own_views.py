"""Pages of a candidate's own portfolio."""

from panel_app.foundation.permissions import Who, allow
from panel_app.portfolios.views.blueprint import bp


@bp.get("/portfolios/<key:portfolio_key>")
@allow(Who.SIGNED_IN)
def show(portfolio_key: str) -> str:
    """The portfolio."""
    return ""


@bp.get("/portfolios/<key:portfolio_key>/receipt")
@allow(Who.SIGNED_IN)
def receipt(portfolio_key: str) -> str:
    """Its receipt."""
    return ""
