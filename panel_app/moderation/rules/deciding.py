"""From sheets to a decision, with its reckoning."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from panel_app.moderation.rules.decision import Decision, DecisionRule, Result, sheet_results
from panel_app.moderation.rules.sheets import Sheet, Values, Weights, counted, values, weighted_mean
from panel_app.moderation.rules.trace import trace


def decide(
    rule: DecisionRule,
    weights: Weights,
    sheets: Iterable[Sheet],
    moderator_levels: Mapping[str, int] | None = None,
) -> Decision:
    """Decide one part, or the whole, from the sheets that count. Raises NotDecidable when none does.

    A value is the moderator's level if set, else the mean over counted sheets; `Decision.trace` is the reckoning.
    """
    sheets = counted(sheets, weights)
    levels = {criterion: level for criterion, level in (moderator_levels or {}).items() if criterion in weights}
    of = values(weights, sheets, levels)
    alone = sheet_results(rule, weights, sheets)
    return settled(rule, weights, of, alone=alone, sheets=sheets, moderator_levels=levels)


def settled(
    rule: DecisionRule,
    weights: Weights,
    of: Values,
    *,
    alone: Mapping[str, Result] | None = None,
    sheets: tuple[Sheet, ...] = (),
    moderator_levels: Mapping[str, int] | None = None,
) -> Decision:
    """Apply the rule to values alone: the final result over all criteria of several parts, whose values were settled.

    Values stand in the order of the weights. `alone` are the results of the single sheets, where there are any.
    """
    of = {criterion: of[criterion] for criterion in weights}
    mean = weighted_mean(weights, of)
    result = rule.result(mean, of)
    decision = Decision(
        result=result,
        mean=mean,
        values=of,
        borderline=rule.is_borderline(mean),
        split=len(set((alone or {}).values())) > 1,
        referred=rule.referred(mean, of) if result is Result.REFER else (),
        sheet_results=dict(alone or {}),
        counted=sheets,
        moderator_levels=dict(moderator_levels or {}),
    )
    return replace(decision, trace=trace(rule, weights, decision))
