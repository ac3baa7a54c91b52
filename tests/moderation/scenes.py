"""What tests of moderation and outcomes begin with."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.demo.builders.accounts import a_moderator
from panel_app.demo.builders.moderation import AnAssessed, an_assessed_portfolio, case_of
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.moderation.models import CaseReason, ModerationCase
from panel_app.moderation.rules import CaseState
from panel_app.portfolios.models import Assessment, AssessmentStatus
from panel_app.programmes.queries import RoundView
from tests.support.kept import kept

CLEAR = ((3, 3, 3, 3, 3, 3), (3, 3, 3, 3, 3, 3))
GAP = ((4, 3, 3, 3, 3, 3), (2, 3, 3, 3, 3, 3))
"""Two levels apart on C1, both a pass."""
NEAR = ((3, 3, 2, 2, 2, 2), (2, 3, 3, 2, 2, 2))
"""B134: a pass and a refer alone, 2.475 together."""
REFER = ((2, 3, 2, 2, 2, 2), (2, 3, 2, 2, 2, 2))
"""A refer on both sheets, borderline."""


@dataclass(frozen=True)
class Scene:
    """A closed round with a moderator, and one portfolio whose sheets are in."""

    round: RoundView
    moderator: Actor
    assessed: AnAssessed

    @property
    def case(self) -> ModerationCase:
        return case_of(self.assessed)


@kept
def a_scene(sheets: tuple[tuple[int, ...], ...] = GAP, **working: object) -> Scene:
    """A round in which these sheets were submitted. `working`: entries of its working policy."""
    round_ = a_round(state="closed", working=working)
    moderator = a_moderator(round_.id)
    return Scene(round_, moderator, an_assessed_portfolio(round_, *sheets))


def status_of(assessed: AnAssessed) -> AssessmentStatus:
    query = select(Assessment.status).filter_by(id=assessed.assessment_id)
    return reading().execute(query).scalar_one()


def codes_of(case: ModerationCase) -> list[str]:
    """The codes of a case's reasons, in order of their names."""
    return sorted(reading().scalars(select(CaseReason.code).filter_by(case_id=case.id)))


def open_cases(assessed: AnAssessed) -> int:
    query = select(ModerationCase.id).filter_by(assessment_id=assessed.assessment_id)
    return len(reading().scalars(query.where(ModerationCase.state != CaseState.CLOSED)).all())


def broken_invariants() -> list[tuple[str, str]]:
    """What `panel check` would say."""
    return list(invariant.run())
