"""The reckoning of a decision, line by line, to be checked by hand."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from panel_app.foundation.numbers import checkable, shown, written
from panel_app.foundation.words import N_
from panel_app.moderation.rules.decision import Decision, DecisionRule, Result, TraceLine
from panel_app.moderation.rules.sheets import Weights

RESULT_WORDS: Mapping[Result, str] = {
    Result.PASS: N_("Result: pass."),
    Result.REFER: N_("Result: refer."),
    Result.FAIL: N_("Result: fail."),
}


def trace(rule: DecisionRule, weights: Weights, decision: Decision) -> tuple[TraceLine, ...]:
    """Return every step from the levels to the result. Figures of more than three decimals stand as fractions."""
    steps = (
        *_value_lines(weights, decision),
        *_mean_lines(weights, decision),
        *_mark_lines(rule, decision),
        *_flag_lines(rule, decision),
        *_result_lines(decision),
    )
    return tuple(TraceLine(number, text, figures) for number, (text, figures) in enumerate(steps, 1))


Step = tuple[str, dict[str, str]]


def _value_lines(weights: Weights, decision: Decision) -> Iterator[Step]:
    for criterion, value in decision.values.items():
        figures = {"criterion": criterion, "weight": written(weights[criterion]), "value": checkable(value)}
        levels = [sheet.levels[criterion] for sheet in decision.counted]
        if criterion in decision.moderator_levels:
            yield N_("%(criterion)s (weight %(weight)s): the moderator set %(value)s."), figures
        elif levels:
            added = " + ".join(map(str, levels))
            yield (
                N_("%(criterion)s (weight %(weight)s): (%(levels)s) / %(count)s = %(value)s."),
                figures | {"levels": added, "count": str(len(levels))},
            )
        else:
            yield N_("%(criterion)s (weight %(weight)s): settled before as %(value)s."), figures


def _mean_lines(weights: Weights, decision: Decision) -> Iterator[Step]:
    total = sum(weights.values(), Fraction(0))
    products = [f"{written(weights[key])} × {written(value)}" for key, value in decision.values.items()]
    yield (
        N_("Weighted mean: (%(products)s) / %(total)s = %(mean)s."),
        {"products": " + ".join(products), "total": written(total), "mean": checkable(decision.mean)},
    )


def _mark_lines(rule: DecisionRule, decision: Decision) -> Iterator[Step]:
    for mark, reached, missed in (
        (
            rule.pass_mark,
            N_("The mean %(mean)s reaches the pass mark %(mark)s."),
            N_("The mean %(mean)s is below the pass mark %(mark)s."),
        ),
        (
            rule.refer_mark,
            N_("The mean %(mean)s reaches the refer mark %(mark)s."),
            N_("The mean %(mean)s is below the refer mark %(mark)s."),
        ),
    ):
        figures = {"mean": shown(decision.mean, rule.marks), "mark": written(mark)}
        yield (reached if decision.mean >= mark else missed), figures
    below = rule.below_floor(decision.values)
    floor = {"floor": written(rule.floor), "most": str(rule.max_below)}
    if below:
        yield (
            N_("Below the floor of %(floor)s: %(criteria)s; a refer allows at most %(most)s below it."),
            floor | {"criteria": ", ".join(below)},
        )
    else:
        yield N_("No criterion is below the floor of %(floor)s."), floor


def _flag_lines(rule: DecisionRule, decision: Decision) -> Iterator[Step]:
    figures = {
        "distance": shown(abs(decision.mean - rule.pass_mark), (rule.band,)),
        "mark": written(rule.pass_mark),
        "band": written(rule.band),
    }
    if decision.borderline:
        yield N_("Borderline: %(distance)s from the pass mark %(mark)s, within the band of %(band)s."), figures
    else:
        yield N_("Not borderline: %(distance)s from the pass mark %(mark)s, beyond the band of %(band)s."), figures
    if decision.split:
        alone = "; ".join(f"{label}: {result}" for label, result in decision.sheet_results.items())
        yield N_("Split decision, each sheet alone gives: %(alone)s."), {"alone": alone}


def _result_lines(decision: Decision) -> Iterator[Step]:
    yield RESULT_WORDS[decision.result], {}
    if decision.referred:
        yield N_("To resubmit: %(criteria)s."), {"criteria": ", ".join(decision.referred)}
