"""Forms of sign-off: one per act."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, TextAreaField
from wtforms.validators import StopValidation

from panel_app.foundation.web.forms import StageForm, at_most, needed
from panel_app.foundation.words import N_

MOST_LETTERS = 2000
"""A bound for the page and the mail that carry a reason, no rule of the round."""


def _ticked(_form: StageForm, field: Field) -> None:
    if not field.data:
        raise StopValidation(gettext("Read how it was decided, then tick the statement: your signature stands for it."))


class SignForm(StageForm):
    """Signs an outcome. `shown` is the digest of what the page showed."""

    shown = HiddenField()
    is_sure = BooleanField(_l("I have read how this was decided, and I have no interest in it."), validators=[_ticked])

    def refuse(self, sentence: str, field: str | None = None) -> None:
        """Say the sentence and take the tick out: it spoke of what was shown before."""
        self.is_sure.data = False
        super().refuse(sentence, field)


class StrikeForm(StageForm):
    """Strikes a criterion from those to resubmit."""

    reason = TextAreaField(_l("Reason"), validators=[needed(N_("the reason")), at_most(MOST_LETTERS)])


class SendBackForm(StageForm):
    """Sends a proposal back."""

    reason = TextAreaField(_l("Reason"), validators=[needed(N_("the reason")), at_most(MOST_LETTERS)])
