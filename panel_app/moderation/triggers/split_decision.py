"""Sheets on different sides of a cut."""

from panel_app.moderation.rules import CaseFacts, FirstAnswer, Reason, split, trigger


@trigger("split_decision", first=FirstAnswer.THIRD)
def split_decision(facts: CaseFacts) -> tuple[Reason, ...]:
    """The decision rule gives different results for the score sheets, each taken alone."""
    return split(facts.discrepancy, facts.decision, facts.weights, facts.sheets)
