"""The discrepancy rule of a rubric: score sheets that disagree too much (docs/rules.md, Discrepancy rule)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from panel_app.foundation.numbers import shown, written
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.moderation.rules.decision import DecisionRule, Json, entries, number, sheet_results
from panel_app.moderation.rules.sheets import Sheet, Weights, counted, weighted_mean


@dataclass(frozen=True)
class Reason:
    """Why a portfolio must be looked at. `code` is unique within a case: "criterion_gap:C1"."""

    code: str
    words: Sentence


@dataclass(frozen=True)
class DiscrepancyRule:
    """A rubric's rule: gaps in levels and in points of the scale from which sheets disagree too much."""

    criterion_gap: Fraction
    mean_gap: Fraction
    split_decision: bool

    @classmethod
    def parse(cls, block: Json) -> "DiscrepancyRule":
        """Read the JSON block `discrepancy` of a rubric. Raises ValueError for a missing, surplus or wrong entry."""
        top = entries(block, "discrepancy", "criterion_gap_at_least", "mean_gap_at_least", "split_decision")
        split = top["split_decision"]
        if not isinstance(split, bool):
            raise ValueError("discrepancy.split_decision: true or false is needed")
        rule = cls(number(top["criterion_gap_at_least"]), number(top["mean_gap_at_least"]), split)
        if rule.criterion_gap <= 0 or rule.mean_gap <= 0:
            raise ValueError("discrepancy: a gap must be more than 0")
        return rule


def discrepancy(
    rule: DiscrepancyRule, decision: DecisionRule, weights: Weights, sheets: Iterable[Sheet]
) -> tuple[Reason, ...]:
    """Return every reason for which the counted sheets disagree too much; none for a single sheet."""
    sheets = counted(sheets, weights)
    return (*gaps(rule, weights, sheets), *split(rule, decision, weights, sheets))


def gaps(rule: DiscrepancyRule, weights: Weights, sheets: Iterable[Sheet]) -> tuple[Reason, ...]:
    """Return the gaps on single criteria and between weighted means that reach the rule's limits."""
    sheets = counted(sheets, weights)
    return (*_criterion_gaps(rule, weights, sheets), *_mean_gap(rule, weights, sheets))


def split(
    rule: DiscrepancyRule, decision: DecisionRule, weights: Weights, sheets: Iterable[Sheet]
) -> tuple[Reason, ...]:
    """Return the reason that the decision rule gives different results for the sheets alone, if it does."""
    alone = sheet_results(decision, weights, sheets)
    if not rule.split_decision or len(set(alone.values())) < 2:
        return ()
    told = "; ".join(f"{label}: {result}" for label, result in alone.items())
    return (Reason("split_decision", sentence(N_("The sheets alone give different results: %(told)s."), told=told)),)


def _criterion_gaps(rule: DiscrepancyRule, weights: Weights, sheets: tuple[Sheet, ...]) -> Iterator[Reason]:
    for criterion in weights:
        levels = [(value, sheet.label) for sheet in sheets for value in [sheet.values(weights)[criterion]]]
        if not levels or max(levels)[0] - min(levels)[0] < rule.criterion_gap:
            continue
        yield Reason(
            f"criterion_gap:{criterion}",
            sentence(
                N_("%(criterion)s: levels %(levels)s, a gap of %(gap)s (limit %(limit)s)."),
                criterion=criterion,
                levels=", ".join(written(level) for level, _ in levels),
                gap=written(max(levels)[0] - min(levels)[0]),
                limit=written(rule.criterion_gap),
            ),
        )


def _mean_gap(rule: DiscrepancyRule, weights: Weights, sheets: tuple[Sheet, ...]) -> Iterator[Reason]:
    means = {sheet.label: weighted_mean(weights, sheet.values(weights)) for sheet in sheets}
    widest = max((abs(a - b) for a, b in combinations(means.values(), 2)), default=Fraction(0))
    if widest < rule.mean_gap:
        return
    yield Reason(
        "mean_gap",
        sentence(
            N_("Weighted means %(means)s, a gap of %(gap)s (limit %(limit)s)."),
            means=", ".join(shown(mean) for mean in means.values()),
            gap=shown(widest, (rule.mean_gap,)),
            limit=written(rule.mean_gap),
        ),
    )
