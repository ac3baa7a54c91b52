"""What a candidate reads of a released outcome. Nothing here knows who assessed, moderated or signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext, ngettext

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.numbers import shown as figure
from panel_app.foundation.numbers import written
from panel_app.foundation.saying import listed
from panel_app.foundation.times import Shown, place, shown
from panel_app.moderation.rules import Result
from panel_app.outcomes.queries.pages import CriterionResult, OutcomePage
from panel_app.outcomes.views.rows import Standard, standard, trace_words
from panel_app.programmes.queries import LevelView


@dataclass(frozen=True)
class ResultCriterion:
    """A criterion as its candidate reads it."""

    code: str
    title: str
    level: str
    beside: str
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
    next: tuple[str, ...]
    again: tuple[str, ...]
    mean: str
    why_again: str
    criteria: tuple[ResultCriterion, ...]
    trace: tuple[str, ...]
    released: Shown
    appeal: str
    ask_href: str


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
        next=tuple(_next(page, head.released_at)),
        again=again,
        mean=_mean(page),
        why_again=_why_again(page),
        criteria=tuple(_criterion(each, page) for each in page.criteria),
        trace=trace_words(page),
        released=shown(head.released_at, facts.zone, actor().zone, clock.now()),
        appeal=_appeal(Limit.of(head.released_at, facts.zone, facts.promise.appeal_days)),
        ask_href=url_for("portfolios.question", portfolio_key=facts.portfolio_key),
    )


@dataclass(frozen=True)
class Limit:
    """The last day of a window that counts from the release, where the round is; `is_over` once that day has ended."""

    words: str
    is_over: bool

    @classmethod
    def of(cls, released_at: datetime, zone: str, days: int) -> "Limit":
        """The window of so many days: "8 February 2027 in Lisbon"."""
        local = ZoneInfo(zone)
        day = released_at.astimezone(local).date() + timedelta(days=days)
        words = gettext("%(day)s in %(place)s", day=f"{day.day} {day:%B %Y}", place=place(zone))
        return cls(str(words), clock.now().astimezone(local).date() > day)


def _appeal(until: Limit) -> str:
    if until.is_over:
        return str(gettext("You could appeal until the end of %(day)s; that time is over.", day=until.words))
    return str(
        gettext(
            "You can appeal until the end of %(day)s on procedure, conflict of interest, or circumstances that the "
            "panel did not know. People who had no part in this decide. Write your grounds to the coordinators.",
            day=until.words,
        )
    )


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
    return str(
        ngettext(
            "%(num)s of %(all)s criteria stands as it is.",
            "%(num)s of %(all)s criteria stand as they are.",
            met,
            all=len(page.criteria),
        )
    )


def _next(page: OutcomePage, released_at: datetime) -> Iterator[str]:
    if page.head.result is Result.PASS:
        yield str(gettext("There is nothing that you have to do."))
    elif page.head.result is Result.FAIL:
        yield str(
            gettext("You can start again in a later round, with a new portfolio. The feedback says what to work on.")
        )
    else:
        yield from _resubmission(page, released_at)


def _resubmission(page: OutcomePage, released_at: datetime) -> Iterator[str]:
    promise = page.facts.promise
    again = listed([f"{each.code} {each.title}" for each in page.criteria if each.is_again])
    until = Limit.of(released_at, page.facts.zone, promise.resubmission_days)
    if not promise.resubmissions:
        yield str(
            gettext("This round takes no resubmission. You can start again in a later one, with a new portfolio.")
        )
    elif until.is_over:
        yield str(
            gettext("You could show %(criteria)s again until the end of %(day)s.", criteria=again, day=until.words)
        )
        yield str(gettext("That time is over. You can start again in a later round, or ask the coordinators."))
    else:
        yield str(
            gettext("You are asked to show %(criteria)s again, by the end of %(day)s.", criteria=again, day=until.words)
        )
        yield str(gettext("Write to the coordinators that you want to: they tell you how to hand it in."))


def _why_again(page: OutcomePage) -> str:
    """Why a criterion at or above the floor is asked for again: the mean is short of the pass mark, as it is itself."""
    rule = page.rule
    above = [each.code for each in page.criteria if each.is_again and each.value >= rule.floor]
    if not above or page.head.mean >= rule.pass_mark:
        return ""
    return str(
        ngettext(
            "%(criteria)s reaches %(floor)s and is below the pass mark: with a mean short of it, it comes again.",
            "%(criteria)s reach %(floor)s and are below the pass mark: with a mean short of it, they come again.",
            len(above),
            criteria=listed(above),
            floor=written(rule.floor),
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
        beside=gettext("set by a moderator") if each.is_moderated else _between(each),
        standard=standard(each, page),
        feedback=each.feedback,
        levels=each.criterion.levels,
        asks=each.criterion.asks,
    )


def _level(each: CriterionResult) -> str:
    """The level's name where the value is one, else the figure."""
    names = {level.points: f"{level.points} {level.label}" for level in each.criterion.levels}
    return names.get(int(each.value), figure(each.value)) if each.value.denominator == 1 else figure(each.value)


def _between(each: CriterionResult) -> str:
    """The levels that a figure lies between; nothing for a level."""
    if each.value.denominator == 1:
        return ""
    names, low = {level.points: f"{level.points} {level.label}" for level in each.criterion.levels}, int(each.value)
    return str(gettext("between %(low)s and %(high)s", low=names.get(low, low), high=names.get(low + 1, low + 1)))
