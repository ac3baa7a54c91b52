"""When a person is erased: what the identity side holds of a candidate in words goes; the portfolio stays."""

from sqlalchemy import delete, select

from panel_app.accounts.happenings import PersonErased
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import on
from panel_app.portfolios.identity import EvidenceOrigin, PortfolioOwner, SubmissionNames
from panel_app.portfolios.models import Evidence, Submission

ERASED = "(erased)"


@on(PersonErased)
def forget_candidate(what: PersonErased, _by: Actor) -> None:
    """Organisation, other names, people named and the files' own names; a receipt then covers a list that is gone."""
    with transaction() as db:
        owned = select(PortfolioOwner.portfolio_id).where(PortfolioOwner.person_id == what.person_id)
        pieces = select(Evidence.id).where(Evidence.portfolio_id.in_(owned))
        for origin in db.scalars(select(EvidenceOrigin).where(EvidenceOrigin.evidence_id.in_(pieces))):
            origin.name = ERASED
        submissions = select(Submission.id).where(Submission.portfolio_id.in_(owned))
        db.execute(delete(SubmissionNames).where(SubmissionNames.submission_id.in_(submissions)))
        for owner in db.scalars(select(PortfolioOwner).where(PortfolioOwner.person_id == what.person_id)):
            owner.organisation, owner.other_names, owner.people_named = "", [], []
        db.flush()
