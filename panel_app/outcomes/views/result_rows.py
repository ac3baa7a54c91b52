"""What a candidate reads of a released outcome. Nothing here knows who assessed, moderated or signed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.numbers import shown as figure
from panel_app.foundation.numbers import written
from panel_app.foundation.times import Shown, place, shown
from panel_app.foundation.web.pages import say
from panel_app.moderation.rules import Result
from panel_app.outcomes.queries.pages import CriterionResult, OutcomePage
from panel_app.programmes.queries import LevelView


@dataclass(frozen=True)
class Standard:
    """A criterion against the standard, in a word and a tone."""

    word: str
    tone: str


@dataclass(frozen=True)
class ResultCriterion:
    """A criterion as its candidate reads it."""

    code: str
    title: str
    level: str
    is_moderated: bool
    standard: Standard
    feedback: tuple[str, ...]
    levels: tuple[LevelView, ...]
    asks: str


@dataclass(frozen=True)
class ResultPage:
    """The page of a released outcome."""

    reference: str
    round_code: str
    programme: str
    rubric_version: str
    title: str
    lead: str
    next: str
    again: tuple[str, ...]
    mean: str
    criteria: tuple[ResultCriterion, ...]
    trace: tuple[str, ...]
    released: Shown
    appeal_until: str
    appeal_days: int


def result(page: OutcomePage) -> ResultPage:
    """A released outcome in words."""
    facts, head = page.facts, page.head
    assert head.released_at is not None  # the policy let only released ones through
    again = tuple(f"{each.code} {each.title}" for each in page.criteria if each.is_again)
    return ResultPage(
        reference=facts.reference,
        round_code=head.round_code,
        programme=head.programme,
        rubric_version=head.rubric_version,
        title=_title(head.result, len(again)),
        lead=_lead(page),
        next=_next(page, head.released_at),
        again=again,
        mean=_mean(page),
        criteria=tuple(_criterion(each, page) for each in page.criteria),
        trace=tuple(say(line.sentence) for line in head.trace),
        released=shown(head.released_at, facts.zone, actor().zone, clock.now()),
        appeal_until=last_day(head.released_at, facts.zone, facts.promise.appeal_days),
        appeal_days=facts.promise.appeal_days,
    )


def last_day(released_at: datetime, zone: str, days: int) -> str:
    """The last day of a window that counts from the release, where the round is: "8 February 2027 in Lisbon"."""
    day = released_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return str(gettext("%(day)s in %(place)s", day=f"{day.day} {day:%B %Y}", place=place(zone)))


def _title(found: Result, again: int) -> str:
    if found is Result.PASS:
        return str(gettext("Pass"))
    if found is Result.FAIL:
        return str(gettext("Fail"))
    return str(ngettext("Refer: %(num)s criterion to show again", "Refer: %(num)s criteria to show again", again))


def _lead(page: OutcomePage) -> str:
    met = sum(not each.is_again for each in page.criteria)
    if page.head.result is Result.PASS:
        return str(gettext("Your portfolio meets the standard of %(programme)s.", programme=page.head.programme))
    if page.head.result is Result.FAIL:
        return str(
            gettext("Your portfolio doesn't meet the standard of %(programme)s yet.", programme=page.head.programme)
        )
    return str(gettext("%(met)s of %(all)s criteria stand as they are.", met=met, all=len(page.criteria)))


def _next(page: OutcomePage, released_at: datetime) -> str:
    if page.head.result is Result.PASS:
        return str(gettext("There is nothing that you have to do."))
    if page.head.result is Result.FAIL:
        return str(
            gettext(
                "You can start again in a later round, with a new portfolio. The feedback below says what to work on."
            )
        )
    until = last_day(released_at, page.facts.zone, page.facts.promise.resubmission_days)
    return str(
        gettext(
            "You are asked to show these again by the end of %(day)s. A coordinator tells you how to hand them in.",
            day=until,
        )
    )


def _mean(page: OutcomePage) -> str:
    rule, mean = page.rule, figure(page.head.mean, page.rule.marks)
    text = gettext(
        "Your weighted mean is %(mean)s; a pass takes %(mark)s, and no criterion below %(floor)s.",
        mean=mean,
        mark=written(rule.pass_mark),
        floor=written(rule.floor),
    )
    if page.head.is_borderline:
        return f"{text} {gettext('That is within %(band)s of the pass mark.', band=written(rule.band))}"
    return str(text)


def _criterion(each: CriterionResult, page: OutcomePage) -> ResultCriterion:
    return ResultCriterion(
        code=each.code,
        title=each.title,
        level=_level(each),
        is_moderated=each.is_moderated,
        standard=_standard(each, page),
        feedback=each.feedback,
        levels=each.criterion.levels,
        asks=each.criterion.asks,
    )


def _level(each: CriterionResult) -> str:
    """The level's name where the value is one; else the figure and the levels that it lies between."""
    names = {level.points: f"{level.points} {level.label}" for level in each.criterion.levels}
    if each.value.denominator == 1:
        return names.get(int(each.value), figure(each.value))
    low = int(each.value)
    low_name, high_name = names.get(low, str(low)), names.get(low + 1, str(low + 1))
    return str(
        gettext("%(value)s, between %(low)s and %(high)s", value=figure(each.value), low=low_name, high=high_name)
    )


def _standard(each: CriterionResult, page: OutcomePage) -> Standard:
    if each.is_again:
        return Standard(gettext("again"), "wait")
    if page.head.result is Result.FAIL and each.value < max(page.rule.floor, page.rule.pass_mark):
        return Standard(gettext("not met"), "bad")
    return Standard(gettext("met"), "good")
