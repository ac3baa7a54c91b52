"""A mean close to the pass mark."""

from panel_app.foundation.numbers import shown, written
from panel_app.foundation.words import N_, sentence
from panel_app.moderation.rules import CaseFacts, Reason, counted, decide, trigger


@trigger("borderline")
def borderline(facts: CaseFacts) -> tuple[Reason, ...]:
    """The weighted mean lies within the band around the pass mark.

    Looked at from two counted sheets on: one sheet is no mean yet.
    """
    if len(counted(facts.sheets, facts.weights)) < 2:
        return ()
    rule = facts.decision
    decision = decide(rule, facts.weights, facts.sheets, facts.moderator_levels)
    if not decision.borderline:
        return ()
    text = N_("The mean %(mean)s is within %(band)s of the pass mark %(mark)s.")
    mean = shown(decision.mean, rule.marks)
    return (Reason("borderline", sentence(text, mean=mean, band=written(rule.band), mark=written(rule.pass_mark))),)
