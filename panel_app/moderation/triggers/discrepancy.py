"""Sheets that disagree too much."""

from panel_app.moderation.rules import CaseFacts, FirstAnswer, Reason, gaps, trigger


@trigger("discrepancy", first=FirstAnswer.THIRD)
def discrepancy(facts: CaseFacts) -> tuple[Reason, ...]:
    """Two score sheets lie too far apart, on a criterion or in their weighted means.

    The limits are the rubric's discrepancy rule.
    """
    return gaps(facts.discrepancy, facts.weights, facts.sheets)
