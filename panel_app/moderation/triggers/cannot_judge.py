"""A sheet that does not count."""

from panel_app.foundation.words import N_, sentence
from panel_app.moderation.rules import CaseFacts, FirstAnswer, Reason, trigger


@trigger("cannot_judge", first=FirstAnswer.THIRD)
def cannot_judge(facts: CaseFacts) -> tuple[Reason, ...]:
    """A submitted score sheet says "cannot judge" of a criterion, so it is kept and shown but enters no mean."""
    reasons = []
    for sheet in facts.sheets:
        unjudged = [criterion for criterion in facts.weights if sheet.levels.get(criterion) is None]
        if unjudged:
            text = N_("Sheet %(label)s can't judge %(criteria)s, so it enters no mean.")
            words = sentence(text, label=sheet.label, criteria=", ".join(unjudged))
            reasons.append(Reason(f"cannot_judge:{sheet.label}", words))
    return tuple(reasons)
