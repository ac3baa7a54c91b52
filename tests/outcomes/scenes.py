"""What tests of outcomes begin with: a round whose portfolios are proposed, with the people who sign and release."""

from dataclasses import dataclass

from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.moderation import AnAssessed, an_assessed_portfolio
from panel_app.demo.builders.outcomes import a_signed_outcome, outcome_of, two_signers
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.outcomes.models import Outcome
from panel_app.programmes.queries import RoundView
from tests.moderation.scenes import CLEAR
from tests.support.kept import kept

NO_TRIGGERS = {"triggers": dict.fromkeys(("discrepancy", "borderline", "split_decision", "cannot_judge"), False)}
"""Whatever the sheets say, an outcome is proposed at once."""


@dataclass(frozen=True)
class Scene:
    """A round, who works in it, and portfolios whose outcomes are proposed."""

    round: RoundView
    coordinator: Actor
    signers: tuple[Actor, Actor]
    assessed: tuple[AnAssessed, ...]

    def outcome(self, place: int = 0) -> Outcome:
        return outcome_of(self.assessed[place])

    def sign_all(self) -> None:
        for each in self.assessed:
            a_signed_outcome(each, self.signers)


@kept
def a_scene(*sheets: tuple[tuple[int, ...], ...], signed: bool = False) -> Scene:
    """A portfolio for each pair of sheets, clear passes by default; signed off when wanted."""
    round_ = a_round(state="closed", working=NO_TRIGGERS)
    members = [a_member(round_, capacity=20) for _ in range(2)]
    portfolios = tuple(an_assessed_portfolio(round_, *pair, members=members) for pair in sheets or (CLEAR,))
    scene = Scene(round_, a_coordinator(round_.id), two_signers(round_), portfolios)
    if signed:
        scene.sign_all()
    return scene
