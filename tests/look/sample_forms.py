"""Forms with every kind of field, and with every kind of error when sent empty."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import DateTimeLocalField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

KINDS = {"client": "A client tie", "employer": "The same employer, now or within the last twenty-four months"}


class ExtendForm(FlaskForm):  # type: ignore[misc]  # the base class comes without types
    """Every kind of field once."""

    until = DateTimeLocalField("New deadline", validators=[InputRequired("Enter the new deadline")])
    who = StringField("Who asked for it", validators=[Optional()])
    kind = RadioField("What kind it is", choices=KINDS, validators=[InputRequired("Choose what kind it is")])
    domains = SelectMultipleField(
        "Domains",
        choices={"1": "PSF-1", "2": "PSF-2"},
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired("Choose at least one domain")],
    )
    round = SelectField("Round", choices={"a": "CPAP 26A", "b": "CPAP 26B"})
    proof = FileField("The letter", validators=[InputRequired("Choose the letter, a PDF of at most 10 MB")])
    reason = TextAreaField("Reason", validators=[InputRequired("Enter the reason"), Length(max=500)])
    sure = BooleanField(
        "I have told the candidate", validators=[InputRequired("Tell the candidate first, then tick this")]
    )


class SheetForm(FlaskForm):  # type: ignore[misc]  # the base class comes without types
    """One criterion of a score sheet."""

    level = RadioField("Level", choices={str(n): str(n) for n in range(1, 5)}, default="4", validate_choice=False)
    rationale = TextAreaField(
        "Why this level",
        default="An alert with a threshold that someone owned, an incident followed to its gate, and figures after it.",
    )
    feedback = TextAreaField(
        "Feedback to the candidate", default="Your review of the reranker change shows detection, decision and change."
    )
    confidence = RadioField("How sure are you?", choices={"low": "Low", "fair": "Fair", "high": "High"}, default="high")
