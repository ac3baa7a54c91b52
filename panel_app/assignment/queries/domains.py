"""Which domains of the framework a portfolio's evidence bears on. Nothing of the candidate."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, Evidence, EvidenceState, Portfolio
from panel_app.portfolios.models import Mapping as DomainMapping
from panel_app.programmes.models import Domain, Round, Rubric


def domains_of(assessment_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """Assessment's id → codes of domains, in order; none for one without. One statement."""
    query = (
        select(Assessment.id, Domain.code)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Evidence, Evidence.portfolio_id == Portfolio.id)
        .join(DomainMapping, DomainMapping.evidence_id == Evidence.id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Rubric, Rubric.id == Round.rubric_id)
        .join(Domain, (Domain.framework_id == Rubric.framework_id) & (Domain.code == DomainMapping.target))
        .where(Evidence.state == EvidenceState.LISTED, Assessment.id.in_(assessment_ids))
        .group_by(Assessment.id, Domain.code, Domain.position)
        .order_by(Assessment.id, Domain.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for assessment_id, code in reading().execute(query):
        found[assessment_id].append(code)
    return defaultdict(tuple, {assessment_id: tuple(codes) for assessment_id, codes in found.items()})
