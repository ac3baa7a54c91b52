"""Forms of rounds: making and editing one, publishing it, moving its dates."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from panel_app.foundation.times import zone_exists
from panel_app.foundation.web.forms import LocalDateTimeField, StageForm, ZonedForm, after, at_most, chosen, lf, needed
from panel_app.foundation.words import N_
from panel_app.programmes.rules.codes import MOST_LETTERS, code_of
from panel_app.programmes.rules.dates import IN_ORDER, TITLES, Which

_l = lazy_gettext


class WholeNumberField(IntegerField):
    """A whole number; anything else gets a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ValueError with what to do."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                raise ValueError(gettext("Enter a whole number, such as 2."))
            self.data = int(text)


def from_to(least: int, most: int) -> Callable[[Any, Field], None]:
    """The number must lie between two ends, both included."""

    def check(_form: Any, field: Field) -> None:
        if field.data is not None and not least <= field.data <= most:
            sentence = gettext("Enter a whole number from %(least)s to %(most)s.", least=least, most=most)
            raise ValidationError(sentence)

    return check


def number(label: str, thing: str, least: int, most: int) -> WholeNumberField:
    """A number that must be given."""

    def given(_form: Any, field: Field) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(gettext("Enter %(thing)s.", thing=gettext(thing)))

    return WholeNumberField(_l(label), validators=[given, from_to(least, most)])


def a_code(_form: Any, field: Field) -> None:
    """The field must hold a round's code."""
    if code_of(field.data or "") is None:
        raise ValidationError(
            gettext("Use 2 to %(most)s capital letters, digits and hyphens, such as CPAP-27A.", most=MOST_LETTERS)
        )


def a_zone(_form: Any, field: Field) -> None:
    """The field must hold the name of a time zone."""
    if not zone_exists(field.data or ""):
        raise ValidationError(gettext("Choose a time zone from the list, such as Europe/Lisbon."))


def a_date(which: Which, thing: str, *more: Callable[[Any, Field], None]) -> LocalDateTimeField:
    """One of a round's dates."""
    return LocalDateTimeField(_l(TITLES[which]), validators=[needed(thing), *more])


def opening() -> LocalDateTimeField:
    """When the round opens."""
    return a_date(Which.OPENS, N_("when the round opens"))


def closing() -> LocalDateTimeField:
    """When the round closes."""
    return a_date(Which.CLOSES, N_("when the round closes"), after("opens", IN_ORDER[Which.CLOSES]))


def scoring() -> LocalDateTimeField:
    """When score sheets are due."""
    return a_date(Which.SCORING_DUE, N_("when score sheets are due"), after("closes", IN_ORDER[Which.SCORING_DUE]))


def releasing() -> LocalDateTimeField:
    """When outcomes are released."""
    return a_date(Which.RELEASE, N_("when outcomes are released"), after("scoring_due", IN_ORDER[Which.RELEASE]))


class DatesForm(ZonedForm):
    """The four dates of a round, in its zone. Each form that extends this places the fields where its page has them."""

    def walls(self) -> dict[Which, str]:
        """The wall-clock texts, as typed."""
        return {which: self[which.value].data for which in Which}


class MoveDatesForm(DatesForm):
    """Published dates, with the reason for which they move."""

    opens, closes, scoring_due, release = opening(), closing(), scoring(), releasing()
    reason = TextAreaField(_l("Reason"), filters=[lf], validators=[needed(N_("the reason")), at_most(500)])


class RoundForm(DatesForm):
    """A draft round. Its dates are read in the zone that the same form names."""

    rubric = SelectField(_l("Programme and rubric"), validators=[chosen(N_("the programme and its rubric"))])
    code = StringField(_l("Code"), filters=[lf], validators=[needed(N_("the code")), a_code])
    title = StringField(_l("Title"), filters=[lf], validators=[needed(N_("the title")), at_most(200)])
    time_zone = StringField(_l("Time zone"), filters=[lf], validators=[needed(N_("the time zone")), a_zone])
    opens, closes, scoring_due, release = opening(), closing(), scoring(), releasing()
    assessors = WholeNumberField(_l("Assessors for each portfolio"), validators=[Optional(), from_to(1, 9)])
    signers_needed = number(N_("Signers for each outcome"), N_("how many must sign"), 1, 9)
    grace_seconds = number(N_("Grace after the close, in seconds"), N_("the grace in seconds, 0 for none"), 0, 3600)
    appeal_days = number(N_("Days to appeal"), N_("the days in which an appeal may come"), 0, 365)
    resubmission_days = number(N_("Days to resubmit after a refer"), N_("the days to resubmit"), 0, 730)
    offer_days = number(N_("Days to answer an offer"), N_("the days to answer an offer"), 1, 60)
    case_days = number(N_("Days to answer a moderation case"), N_("the days to answer a case"), 1, 60)
    grace_minutes = number(N_("Minutes to take a score sheet back"), N_("the minutes, 0 for none"), 0, 1440)
    sampling_percent = number(N_("Sampled clear passes, in per cent"), N_("the share of clear passes"), 0, 100)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form with its times read in the zone that was typed, if there is such a zone."""
        typed = self.time_zone.data or ""
        if zone_exists(typed):
            self.zone = typed
        return bool(super().validate(extra_validators))

    def promised(self) -> dict[str, object]:
        """What the round shall promise; the number of assessors stays the rubric's when it is left empty."""
        assessors = {} if self.assessors.data is None else {"assessors": {"portfolio": self.assessors.data}}
        names = ("signers_needed", "grace_seconds", "appeal_days", "resubmission_days")
        return {**assessors, **{name: self[name].data for name in names}}

    def working(self) -> dict[str, object]:
        """How the round shall work."""
        return {name: self[name].data for name in ("offer_days", "case_days", "grace_minutes", "sampling_percent")}


class PublishForm(StageForm):
    """Publishing asks for nothing but the press of the button."""
