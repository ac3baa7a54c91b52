"""The moderator's one form: levels by criterion with a reason each, and the answer as a whole."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField

from panel_app.foundation.web.forms import StageForm, at_most, lf, needed
from panel_app.foundation.words import N_
from panel_app.moderation.services import ChosenLevel
from panel_app.programmes.queries import CriterionView

MOST_LETTERS = 4000
"""A bound for the page and the mail that carry a reason, no rule of the round."""
NO_LEVEL = ""


class AnswerForm(StageForm):
    """Answers a case. Fields of the criteria are added by `answer_form`; `shown` is the digest of what was shown."""

    codes: tuple[str, ...] = ()
    shown = HiddenField()
    answer = TextAreaField(_l("Your answer and why"), validators=[needed(N_("your answer")), at_most(MOST_LETTERS)])

    def level(self, code: str) -> RadioField:
        """The level field of a criterion."""
        field = self[f"level_{code}"]
        assert isinstance(field, RadioField)
        return field

    def reason(self, code: str) -> TextAreaField:
        """The reason field of a criterion."""
        field = self[f"reason_{code}"]
        assert isinstance(field, TextAreaField)
        return field

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a reason with each level, and for a level with each reason."""
        is_valid = bool(super().validate(extra_validators))
        for code in self.codes:
            level, reason = self.level(code).data or NO_LEVEL, lf(self.reason(code).data)
            if level and not reason:
                self.refuse(gettext("%(code)s: say why you set this level.", code=code), f"reason_{code}")
                is_valid = False
            if reason and not level:
                words = gettext("%(code)s: choose the level that this reason is for, or empty the reason.", code=code)
                self.refuse(words, f"level_{code}")
                is_valid = False
        return is_valid

    def levels(self) -> dict[str, ChosenLevel]:
        """Criterion → the level that was chosen, with its reason; without those that keep the sheets' value."""
        return {
            code: ChosenLevel(int(self.level(code).data), lf(self.reason(code).data))
            for code in self.codes
            if self.level(code).data
        }


def answer_form(criteria: Sequence[CriterionView]) -> AnswerForm:
    """The form for these criteria, filled from the request where one was sent."""
    fields: dict[str, object] = {"codes": tuple(each.code for each in criteria)}
    for each in criteria:
        choices = {NO_LEVEL: gettext("No level of mine: the sheets count")}
        choices |= {str(level.points): f"{level.points} {level.label}" for level in each.levels}
        label = _l("Your level for %(code)s", code=each.code)
        fields[f"level_{each.code}"] = RadioField(label, choices=choices, default=NO_LEVEL)
        fields[f"reason_{each.code}"] = TextAreaField(
            _l("Why, for %(code)s", code=each.code), validators=[at_most(MOST_LETTERS)]
        )
    made = type("CaseAnswerForm", (AnswerForm,), fields)()
    assert isinstance(made, AnswerForm)
    return made
