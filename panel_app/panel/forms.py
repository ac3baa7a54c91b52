"""Forms of the panel: text → typed values."""

from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation, ValidationError

from panel_app.foundation.saying import say
from panel_app.foundation.web.forms import StageForm, an_address, at_most, chosen, lf, needed
from panel_app.foundation.words import N_
from panel_app.panel.rules import (
    KINDS,
    MOST_CAPACITY,
    DeclarationKind,
    Former,
    Interest,
    UnreadableLine,
    former_organisations,
    lines,
)
from panel_app.panel.services import Profile

_l = lazy_gettext


class DayField(StringField):
    """A day, `YYYY-MM-DD`. `.day` is the date, none where nothing was typed."""

    day: date | None = None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no day, with a sentence."""
        if not self.data:
            return
        try:
            self.day = date.fromisoformat(self.data)
        except ValueError:
            raise StopValidation(gettext("Enter a day such as 2027-02-14.")) from None


class CountField(StringField):
    """A whole number from 0. `.count` is the number."""

    count: int = 0

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no whole number, and one that is out of bounds, with a sentence."""
        text = self.data or ""
        if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= MOST_CAPACITY):
            raise StopValidation(gettext("Enter a whole number from 0 to %(most)s.", most=MOST_CAPACITY))
        self.count = int(text)


class InviteForm(StageForm):
    """An address, what is known of the person, and how many portfolios they may take."""

    email = EmailField(_l("Email address"), filters=[lf], validators=[needed(N_("the email address")), an_address])
    name = StringField(_l("Name"), filters=[lf], validators=[at_most(200)])
    credential = StringField(_l("Credential"), filters=[lf], validators=[at_most(60)])
    organisation = StringField(_l("Organisation"), filters=[lf], validators=[at_most(200)])
    domains = SelectMultipleField(_l("Domains of experience"))
    capacity = CountField(_l("Portfolios in this round, at most"), filters=[lf])

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.values(), "capacity": self.capacity.count}


class SeatForm(StageForm):
    """How many portfolios, and the days away."""

    capacity = CountField(_l("Portfolios in this round, at most"), filters=[lf])
    away_from = DayField(_l("First day away"), filters=[lf])
    away_until = DayField(_l("Last day away"), filters=[lf])

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "capacity": self.capacity.count,
            "away_from": self.away_from.day,
            "away_until": self.away_until.day,
        }


class LeadSeatForm(SeatForm):
    """A place as a coordinator changes it."""

    is_lead = BooleanField(_l("Lead of this panel"))


class ProfileForm(StageForm):
    """What a member says of themself."""

    credential = StringField(_l("Credential"), filters=[lf], validators=[at_most(60)])
    organisation = StringField(
        _l("Organisation"), filters=[lf], validators=[needed(N_("your organisation, or “none”")), at_most(200)]
    )
    former = TextAreaField(_l("Former organisations"), filters=[lf], validators=[at_most(4000)])
    aliases = TextAreaField(_l("Other names"), filters=[lf], validators=[at_most(2000)])
    domains = SelectMultipleField(_l("Domains of experience"), validators=[chosen(N_("at least one domain"))])
    former_read: tuple[Former, ...] = ()

    def validate_former(self, field: Field) -> None:
        """Each line must have a last day."""
        try:
            self.former_read = former_organisations(field.data or "")
        except UnreadableLine as line:
            raise ValidationError(say(line.sentence)) from None

    def profile(self) -> Profile:
        """What the service takes."""
        return Profile(
            credential=self.credential.data or "",
            organisation=self.organisation.data or "",
            former=self.former_read,
            aliases=lines(self.aliases.data or ""),
            domains=self.domains.data or (),
        )


class DeclareForm(StageForm):
    """An interest: in what, how, and until when."""

    kind = RadioField(_l("What is it about?"), validators=[chosen(N_("what it is about"))])
    about = StringField(
        _l("Name or reference"), filters=[lf], validators=[needed(N_("the name or the reference")), at_most(200)]
    )
    relation = TextAreaField(
        _l("What connects you"), filters=[lf], validators=[needed(N_("what connects you")), at_most(500)]
    )
    ended_on = DayField(_l("It ended on"), filters=[lf])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, gettext(words)) for kind, words in KINDS.items()]

    def interest(self) -> Interest:
        """What the service takes."""
        kind = DeclarationKind(self.kind.data)
        return Interest(kind, self.about.data or "", self.relation.data or "", self.ended_on.day)


class CheckedForm(StageForm):
    """Nothing but a button: there is nothing more to declare."""
