"""Forms of the register: text → typed values."""

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, TextAreaField

from panel_app.conflicts.rules import FINDING, FindingAct
from panel_app.foundation.web.forms import StageForm, at_most, chosen, lf, needed
from panel_app.foundation.words import N_

_l = lazy_gettext


class DecideForm(StageForm):
    """What is decided about a finding, and why."""

    act = RadioField(_l("Decision"), validators=[chosen(N_("a decision"))])
    reason = TextAreaField(_l("Reason"), filters=[lf], validators=[needed(N_("the reason")), at_most(1000)])

    def offer(self, acts: tuple[FindingAct, ...]) -> None:
        """Let the reader choose among these."""
        self.act.choices = [(act.value, gettext(FINDING.acts[act].title)) for act in acts]
