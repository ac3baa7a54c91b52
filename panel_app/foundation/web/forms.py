"""Forms: text → typed values. Validators take the name of the thing and build the sentence; forms never decide."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import StopValidation, ValidationError

from panel_app.foundation.saying import say
from panel_app.foundation.times import WallClockError, to_instant

Check = Callable[[Any, Any], None]


def lf(text: str | None) -> str:
    """Text with LF line ends and without blanks around it, as it is counted and stored."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class StageForm(FlaskForm):  # type: ignore[misc]  # the base class comes without types
    """Base of all forms. `values()` gives the typed values without the token and the buttons."""

    def values(self) -> dict[str, Any]:
        """Field name → value."""
        return {f.name: f.data for f in self if f.name != "csrf_token" and f.type != "SubmitField"}

    def refuse(self, sentence: str, field: str | None = None) -> None:
        """Add a sentence to a field, or to the form as a whole."""
        if field and field in self._fields:
            self._fields[field].errors = [*self._fields[field].errors, sentence]
        else:
            self.form_errors.append(sentence)


class ZonedForm(StageForm):
    """A form whose times are wall-clock times in one named zone; hand it in as `zone=`."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(*args, **kwargs)


class LocalDateTimeField(StringField):
    """A wall-clock time, `YYYY-MM-DDTHH:MM`, in the form's zone. `.instant` is the aware instant."""

    instant: datetime | None = None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no time, and a time that the zone skips or has twice, with a sentence."""
        if not self.data:
            return
        try:
            self.instant = to_instant(self.data, form.zone)
        except WallClockError as error:
            raise StopValidation(say(error.sentence)) from None


def needed(thing: str) -> Check:
    """The field must be filled; the sentence names it: "Enter the reason."."""

    def check(_form: Any, field: Field) -> None:
        empty = not field.data or (isinstance(field.data, str) and not field.data.strip())
        if empty and field.data is not False and field.data != 0:
            field.errors = []
            raise StopValidation(gettext("Enter %(thing)s.", thing=gettext(thing)))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]  # WTForms reads it off the function
    return check


def chosen(thing: str) -> Check:
    """One must be chosen: "Choose the round."."""

    def check(_form: Any, field: Field) -> None:
        if field.data in (None, "", "None", []):
            field.errors = []
            raise StopValidation(gettext("Choose %(thing)s.", thing=gettext(thing)))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]  # WTForms reads it off the function
    return check


def at_most(letters: int) -> Check:
    """At most so many letters, counted after turning line ends into LF."""

    def check(_form: Any, field: Field) -> None:
        length = len(lf(field.data))
        if length > letters:
            raise ValidationError(gettext("This has %(n)s characters; shorten it to %(most)s.", n=length, most=letters))

    check.field_flags = {"maxlength": letters}  # type: ignore[attr-defined]  # WTForms reads it off the function
    return check


def an_address(_form: Any, field: Field) -> None:
    """The field must hold one address, as mail servers take it."""
    try:
        validate_email(field.data or "", check_deliverability=False)
    except EmailNotValidError:
        raise ValidationError(gettext("Enter an address such as name@example.org.")) from None


def after(other: str, says: str) -> Check:
    """This time must lie after the field named `other`; `says` tells what to enter."""

    def check(form: Any, field: Field) -> None:
        earlier, later = form[other].instant, getattr(field, "instant", None)
        if later is not None and earlier is not None and later <= earlier:
            raise ValidationError(gettext(says))

    return check


_l = lazy_gettext
