"""Forms of accounts: text → typed values."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import EmailField, Field, HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from panel_app.accounts.rules import SHORTEST_PASSWORD
from panel_app.foundation.saying import say
from panel_app.foundation.times import zone_exists
from panel_app.foundation.web.forms import StageForm, an_address, at_most, chosen, lf, needed
from panel_app.foundation.words import N_, Sentence

_l = lazy_gettext
PASSWORD_HINT = _l(
    "At least %(least)s letters, digits or signs. A few words in a row are easy to keep in mind and hard to guess.",
    least=SHORTEST_PASSWORD,
)
Refusal = Callable[[str], Sentence | None]


def one_line(text: str | None) -> str:
    """A name on one line: every kind of white space is one space, signs that can't be printed are gone."""
    signs = "".join(sign if sign.isprintable() else " " for sign in text or "")
    return " ".join(signs.split())


def a_zone(_form: Any, field: Field) -> None:
    """The field must be empty or hold a time zone's name."""
    if field.data and not zone_exists(field.data):
        raise ValidationError(gettext("Enter a time zone such as Europe/Lisbon, or leave it empty."))


def good_password(form: Any, field: Field) -> None:
    """The password must be one that we take; the form was handed the rule as `refusal`."""
    sentence = form.refusal(field.data or "")
    if sentence is not None:
        raise ValidationError(say(sentence))


class QuietZoneField(HiddenField):
    """The browser's time zone, filled in by its script; anything that is no zone counts as none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = text if zone_exists(text) else None


class EmailForm(StageForm):
    """An address: where a link for a new password is asked for."""

    email = EmailField(_l("Email address"), filters=[lf], validators=[needed(N_("your email address")), an_address])


class SignInForm(StageForm):
    """Address and password."""

    email = StringField(_l("Email address"), filters=[lf], validators=[needed(N_("your email address")), at_most(254)])
    password = PasswordField(
        _l("Password"), description=PASSWORD_HINT, validators=[needed(N_("your password")), at_most(2000)]
    )


class SignUpForm(StageForm):
    """Name and address."""

    name = StringField(_l("Your name"), filters=[one_line], validators=[needed(N_("your name")), at_most(200)])
    email = EmailField(_l("Email address"), filters=[lf], validators=[needed(N_("your email address")), an_address])
    zone = QuietZoneField()


class NewPasswordForm(StageForm):
    """A new password, behind a link."""

    password = PasswordField(
        _l("New password"), description=PASSWORD_HINT, validators=[needed(N_("a password")), good_password]
    )

    def __init__(self, *args: Any, refusal: Refusal, **kwargs: Any) -> None:
        self.refusal = refusal
        super().__init__(*args, **kwargs)


class CompleteForm(NewPasswordForm):
    """Name and first password, behind a link."""

    name = StringField(_l("Your name"), filters=[one_line], validators=[needed(N_("your name")), at_most(200)])
    password = PasswordField(
        _l("Password"), description=PASSWORD_HINT, validators=[needed(N_("a password")), good_password]
    )
    zone = QuietZoneField()


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one."""

    present = PasswordField(_l("Present password"), validators=[needed(N_("your present password")), at_most(2000)])
    password = PasswordField(
        _l("New password"), description=PASSWORD_HINT, validators=[needed(N_("a new password")), good_password]
    )


class ProfileForm(StageForm):
    """How a person is named, addressed, and in which time they read dates."""

    name = StringField(_l("Your name"), filters=[one_line], validators=[needed(N_("your name")), at_most(200)])
    address_form = StringField(_l("How to address you"), filters=[one_line], validators=[at_most(100)])
    zone = StringField(_l("Time zone"), filters=[lf], validators=[a_zone])
    locale = SelectField(_l("Language"), choices={"en": "English"}, validators=[chosen(N_("a language"))])


class InviteForm(StageForm):
    """An address and, if it is known, a name."""

    email = EmailField(_l("Email address"), filters=[lf], validators=[needed(N_("the email address")), an_address])
    name = StringField(_l("Name"), filters=[one_line], validators=[at_most(200)])


class GrantForm(StageForm):
    """A role, its round (none for admins) and the reason."""

    role = SelectField(_l("Role"), validators=[chosen(N_("the role"))])
    round_key = SelectField(_l("Round"))
    reason = TextAreaField(_l("Reason"), filters=[lf], validators=[needed(N_("the reason")), at_most(500)])


class ReasonForm(StageForm):
    """Why something is done to an account."""

    reason = TextAreaField(_l("Reason"), filters=[lf], validators=[needed(N_("the reason")), at_most(500)])


class ConfirmForm(StageForm):
    """The password once more. Named as no other field of a form that it stands before."""

    present = PasswordField(_l("Your password"), validators=[needed(N_("your password")), at_most(2000)])


class CodeForm(StageForm):
    """The code that a device shows."""

    one_time_code = StringField(
        _l("Code"), filters=[lf], validators=[needed(N_("the six digits that your device shows")), at_most(20)]
    )


class ConfirmWithCodeForm(ConfirmForm, CodeForm):
    """The password once more, and the code of the device."""
