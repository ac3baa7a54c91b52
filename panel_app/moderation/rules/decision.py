"""The decision rule of a rubric: pass, refer or fail in exact fractions, with a trace (docs/rules.md)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from panel_app.foundation.numbers import exact
from panel_app.foundation.words import N_, Sentence
from panel_app.moderation.rules.sheets import Sheet, Values, Weights, counted, weighted_mean

Json = Mapping[str, object]


class Result(StrEnum):
    """What an assessment can end in."""

    PASS = "pass"
    REFER = "refer"
    FAIL = "fail"


RESULT_TITLES: Mapping[Result, str] = {Result.PASS: N_("Pass"), Result.REFER: N_("Refer"), Result.FAIL: N_("Fail")}


class Counted(StrEnum):
    """Which sheets count: all that are complete, submitted and not set aside."""

    ALL = "all"


class EmptyRefer(Exception):
    """A refer that names no criterion. `sentence` says what to do."""

    sentence = Sentence(N_("A refer needs at least one criterion to resubmit. Leave one in the list."))

    def __init__(self) -> None:
        """Say the one sentence."""
        super().__init__(str(self.sentence))


@dataclass(frozen=True)
class DecisionRule:
    """A rubric's rule. Marks and band in points of the scale; `floor` is what no criterion may be below for a pass."""

    pass_mark: Fraction
    floor: Fraction
    refer_mark: Fraction
    max_below: int
    otherwise: Result
    band: Fraction
    counted_sheets: Counted = Counted.ALL

    @classmethod
    def parse(cls, block: Json) -> "DecisionRule":
        """Read the JSON block `decision` of a rubric. Raises ValueError for a missing, surplus or wrong entry."""
        top = entries(block, "decision", "pass", "refer", "otherwise", "borderline_band", "counted_sheets")
        passing = entries(top["pass"], "decision.pass", "weighted_mean_at_least", "no_criterion_below")
        referring = entries(top["refer"], "decision.refer", "weighted_mean_at_least", "max_criteria_below")
        rule = cls(
            pass_mark=number(passing["weighted_mean_at_least"]),
            floor=number(passing["no_criterion_below"]),
            refer_mark=number(referring["weighted_mean_at_least"]),
            max_below=whole(referring["max_criteria_below"]),
            otherwise=Result(str(top["otherwise"])),
            band=number(top["borderline_band"]),
            counted_sheets=Counted(str(top["counted_sheets"])),
        )
        if rule.refer_mark > rule.pass_mark or rule.band < 0 or rule.max_below < 0:
            raise ValueError("decision: the refer mark lies above the pass mark, or a number is negative")
        return rule

    @property
    def marks(self) -> tuple[Fraction, ...]:
        """The figures at which a mean changes what is decided or done: print means with them."""
        return (self.pass_mark, self.refer_mark, self.pass_mark - self.band, self.pass_mark + self.band)

    def below_floor(self, of: Values) -> tuple[str, ...]:
        """Return the criteria whose value is below the floor."""
        return tuple(criterion for criterion, value in of.items() if value < self.floor)

    def result(self, mean: Fraction, of: Values) -> Result:
        """Apply the rule to a mean and the values that it was made of."""
        below = len(self.below_floor(of))
        if mean >= self.pass_mark and not below:
            return Result.PASS
        if mean >= self.refer_mark and below <= self.max_below:
            return Result.REFER
        return self.otherwise

    def is_borderline(self, mean: Fraction) -> bool:
        """Say whether the mean is within the band of the pass mark, ends included."""
        return abs(mean - self.pass_mark) <= self.band

    def referred(self, mean: Fraction, of: Values) -> tuple[str, ...]:
        """Return the criteria to resubmit: below the floor, and below the pass mark if the mean is."""
        short = mean < self.pass_mark
        return tuple(
            criterion for criterion, value in of.items() if value < self.floor or (short and value < self.pass_mark)
        )


@dataclass(frozen=True)
class TraceLine:
    """One numbered step of a reckoning: a text with named places, and the figures that stand in them."""

    number: int
    text: str
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> Sentence:
        """The text with its figures, to be translated."""
        return Sentence(self.text, self.figures)

    def __str__(self) -> str:
        """Return the English line with its number."""
        return f"{self.number}. {self.sentence}"


@dataclass(frozen=True)
class Decision:
    """What the rule gives: result, exact mean and values, flags, criteria to resubmit, and the reckoning by steps.

    `sheet_results` are the results of the counted sheets alone: different ones make a split decision.
    """

    result: Result
    mean: Fraction
    values: Values
    borderline: bool
    split: bool
    referred: tuple[str, ...]
    sheet_results: Mapping[str, Result]
    counted: tuple[Sheet, ...]
    moderator_levels: Mapping[str, int]
    trace: tuple[TraceLine, ...] = ()


def sheet_results(rule: DecisionRule, weights: Weights, sheets: Iterable[Sheet]) -> dict[str, Result]:
    """Return what the rule gives for each counted sheet alone, by label."""
    alone = {}
    for sheet in counted(sheets, weights):
        of = sheet.values(weights)
        alone[sheet.label] = rule.result(weighted_mean(weights, of), of)
    return alone


def without_struck(referred: Iterable[str], struck: Collection[str]) -> tuple[str, ...]:
    """Return the criteria to resubmit after the board struck some. Raises EmptyRefer when none is left."""
    left = tuple(criterion for criterion in referred if criterion not in struck)
    if not left:
        raise EmptyRefer
    return left


def entries(block: object, name: str, *keys: str) -> Mapping[str, object]:
    """Return a JSON object that has exactly these keys. Raises ValueError with what is missing or surplus."""
    if not isinstance(block, Mapping):
        raise ValueError(f"{name}: an object is needed")
    if set(block) != set(keys):
        raise ValueError(f"{name}: missing or surplus entries: {', '.join(sorted(set(block) ^ set(keys)))}")
    return block


def number(value: object) -> Fraction:
    """Return a JSON number exactly. Raises ValueError for anything else."""
    if not isinstance(value, int | float):
        raise ValueError(f"a number is needed, not {value!r}")
    return exact(value)


def whole(value: object) -> int:
    """Return a whole JSON number. Raises ValueError for anything else."""
    found = number(value)
    if found.denominator != 1:
        raise ValueError(f"a whole number is needed, not {value!r}")
    return int(found)
