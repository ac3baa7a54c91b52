"""A round's policies and a rubric's rules in plain sentences, each with a short name: what a page prints as facts."""

from collections.abc import Mapping

from panel_app.foundation.numbers import exact, written
from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.programmes.rules.policies import Json, PromisedPolicy, ReminderSetting, WorkingPolicy

Facts = list[tuple[str, Sentence]]


def decision_words(decision: Json, discrepancy: Json) -> Facts:
    """How sheets become a result, from the rubric's two blocks."""
    passing, referring = _block(decision["pass"]), _block(decision["refer"])
    otherwise = (
        N_("Every other portfolio fails.") if decision["otherwise"] == "fail" else N_("Every other is referred.")
    )
    return [
        (
            N_("Pass"),
            sentence(
                N_("The weighted mean is at least %(mark)s and no criterion is below %(floor)s."),
                mark=_number(passing["weighted_mean_at_least"]),
                floor=_number(passing["no_criterion_below"]),
            ),
        ),
        (
            N_("Refer"),
            counting(
                "The weighted mean is at least %(mark)s and at most %(num)s criterion is below %(floor)s.",
                "The weighted mean is at least %(mark)s and at most %(num)s criteria are below %(floor)s.",
                _whole(referring["max_criteria_below"]),
                mark=_number(referring["weighted_mean_at_least"]),
                floor=_number(passing["no_criterion_below"]),
            ),
        ),
        (N_("Fail"), sentence(otherwise)),
        (
            N_("Borderline"),
            sentence(
                N_("A mean within %(band)s of the pass mark is looked at again."),
                band=_number(decision["borderline_band"]),
            ),
        ),
        (
            N_("Disagreement"),
            counting(
                "Sheets %(num)s level apart on a criterion, or %(means)s in their means, get a third look.",
                "Sheets %(num)s levels apart on a criterion, or %(means)s in their means, get a third look.",
                _whole(discrepancy["criterion_gap_at_least"]),
                means=_number(discrepancy["mean_gap_at_least"]),
            ),
        ),
    ]


def promise_words(promise: PromisedPolicy, parts: Mapping[str, str]) -> Facts:
    """What a round promises. `parts`: code of each part of the rubric → its title, in order."""
    return [
        *((title, _assessors(promise.assessors[code])) for code, title in parts.items()),
        (
            N_("Sign-off"),
            counting(
                "%(num)s person who neither assessed nor moderated the portfolio.",
                "%(num)s people who neither assessed nor moderated the portfolio.",
                promise.signers_needed,
            ),
        ),
        (N_("Release"), sentence(N_("A coordinator who did not moderate the portfolio."))),
        (N_("Grace after the close"), _grace(promise.grace_seconds)),
        (
            N_("Appeal"),
            counting("Within %(num)s day of the release.", "Within %(num)s days of the release.", promise.appeal_days),
        ),
        (
            N_("Resubmission after a refer"),
            counting(
                "Within %(num)s day of the release. Resubmissions: %(times)s.",
                "Within %(num)s days of the release. Resubmissions: %(times)s.",
                promise.resubmission_days,
                times=promise.resubmissions,
            ),
        ),
    ]


def working_words(working: WorkingPolicy) -> Facts:
    """How a round works."""
    sample = (
        N_("%(percent)s %% of clear passes, at least the square root of the round's size.")
        if working.sampling_at_least_root
        else N_("%(percent)s %% of clear passes.")
    )
    return [
        (
            N_("Offers"),
            counting("To be answered within %(num)s day.", "To be answered within %(num)s days.", working.offer_days),
        ),
        (N_("Submitted score sheets"), grace_words(working.grace_minutes)),
        (
            N_("Moderation"),
            counting(
                "Cases to be answered within %(num)s day.",
                "Cases to be answered within %(num)s days.",
                working.case_days,
            ),
        ),
        (
            N_("Sign-off due"),
            counting(
                "Within %(num)s day of the proposal.", "Within %(num)s days of the proposal.", working.sign_off_days
            ),
        ),
        (N_("Sampling"), sentence(sample, percent=working.sampling_percent)),
        (N_("Reminders"), reminder_words(working.reminder(""))),
        (N_("Hours of reminders"), hours_words(working)),
    ]


def grace_words(minutes: int) -> Sentence:
    """How long an assessor may take a submitted sheet back."""
    if not minutes:
        return Sentence(N_("Stand as they are; a coordinator can reopen one with a reason."))
    return counting(
        "Can be taken back for %(num)s minute; then a coordinator can reopen one.",
        "Can be taken back for %(num)s minutes; then a coordinator can reopen one.",
        minutes,
    )


def reminder_words(setting: ReminderSetting) -> Sentence:
    """When a reminder rule speaks."""
    if not setting.is_on:
        return sentence(N_("None."))
    template = (
        N_(
            "Days before: %(before)s; on the day; days between, once overdue: %(every)s; "
            "days until a coordinator hears: %(tell)s."
        )
        if setting.on_due
        else N_(
            "Days before: %(before)s; days between, once overdue: %(every)s; days until a coordinator hears: %(tell)s."
        )
    )
    return sentence(
        template,
        before=", ".join(str(days) for days in setting.before_due_days) or "–",
        every=setting.overdue_every_days or "–",
        tell="–" if setting.escalate_after_days is None else setting.escalate_after_days,
    )


def hours_words(working: WorkingPolicy) -> Sentence:
    """At what time of day reminders are sent, and when not."""
    if working.quiet_from == working.quiet_until:
        return sentence(N_("At %(at)s in the round's time zone."), at=working.remind_at)
    return sentence(
        N_("At %(at)s in the round's time zone; to nobody between %(start)s and %(end)s of their own time."),
        at=working.remind_at,
        start=working.quiet_from,
        end=working.quiet_until,
    )


def _grace(seconds: int) -> Sentence:
    if not seconds:
        return sentence(N_("None: what comes after the close is late."))
    return counting("%(num)s second, for what was under way.", "%(num)s seconds, for what was under way.", seconds)


def _assessors(number: int) -> Sentence:
    return counting("%(num)s assessor.", "%(num)s assessors, each on their own.", number)


def _number(value: object) -> str:
    assert isinstance(value, int | float | str)
    return written(exact(value))


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def _block(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value
