"""Forms of assignment: text to typed values."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import Optional

from panel_app.foundation.web.forms import LocalDateTimeField, StageForm, ZonedForm, at_most, chosen, needed
from panel_app.foundation.words import N_

MOST_LETTERS = 500
"""A bound for the page and the mail that carry a reason, no rule of the round."""


class AcceptForm(StageForm):
    """Nothing but the button."""


class ReasonForm(StageForm):
    """An act with a reason."""

    reason = TextAreaField(_l("Reason"), validators=[needed(N_("the reason")), at_most(MOST_LETTERS)])


class DeferForm(StageForm):
    """Not now, until a day."""

    until = DateField(_l("Ask me again after"), validators=[needed(N_("the day after which you may be asked again"))])
    reason = TextAreaField(_l("Reason"), validators=[Optional(), at_most(MOST_LETTERS)], render_kw={"rows": 2})


class ExtendForm(ZonedForm):
    """A later due date, with a reason."""

    due = LocalDateTimeField(_l("New due date"), validators=[needed(N_("the new due date"))])
    reason = TextAreaField(_l("Reason"), validators=[needed(N_("the reason")), at_most(MOST_LETTERS)])


class ChooseForm(StageForm):
    """A member for a portfolio. The service says why one can't be chosen, so that the reason is the same everywhere."""

    member = RadioField(_l("Member"), validators=[chosen(N_("a member"))], validate_choice=False)
    reason = TextAreaField(_l("Reason"), validators=[needed(N_("the reason")), at_most(MOST_LETTERS)])

    def choice(self) -> tuple[str, str]:
        """The member's key, and the reason."""
        return str(self.member.data), self.reason.data or ""
