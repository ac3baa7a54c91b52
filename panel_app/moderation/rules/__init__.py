"""The rules of moderation: exact decisions, discrepancies, cases, samples. Pure."""

from panel_app.moderation.rules.cases import (
    CASE,
    TRIGGERS,
    UNANSWERED_STATES,
    CaseAct,
    CaseFacts,
    CaseState,
    FirstAnswer,
    Raised,
    Trigger,
    raised,
    trigger,
)
from panel_app.moderation.rules.deciding import decide, settled
from panel_app.moderation.rules.decision import (
    RESULT_TITLES,
    Counted,
    Decision,
    DecisionRule,
    EmptyRefer,
    Result,
    TraceLine,
    sheet_results,
    without_struck,
)
from panel_app.moderation.rules.discrepancy import DiscrepancyRule, Reason, discrepancy, gaps, split
from panel_app.moderation.rules.sampling import Judged, SampledFor, Share, sample, sampled_for
from panel_app.moderation.rules.sheets import NotDecidable, Sheet, Values, Weights, counted, values, weighted_mean
from panel_app.moderation.rules.shown import Answerable, shown_digest

__all__ = [
    "CASE", "RESULT_TITLES", "TRIGGERS", "UNANSWERED_STATES", "Answerable", "CaseAct", "CaseFacts", "CaseState",
    "Counted", "Decision", "DecisionRule", "DiscrepancyRule", "EmptyRefer", "FirstAnswer", "Judged", "NotDecidable",
    "Raised", "Reason", "Result", "SampledFor", "Share", "Sheet", "TraceLine", "Trigger", "Values", "Weights",
    "counted", "decide", "discrepancy", "gaps", "raised", "sample", "sampled_for", "settled", "sheet_results",
    "shown_digest", "split", "trigger", "values", "weighted_mean", "without_struck",
]  # fmt: skip
