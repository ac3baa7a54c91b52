"""Forms of score sheets: text → values by field name; the rubric makes the fields."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypedDict

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from panel_app.foundation.web.forms import StageForm, at_most, chosen, lf, needed
from panel_app.foundation.words import N_
from panel_app.scoring.queries.sheets import SheetCriterion
from panel_app.scoring.rules.fields import (
    CONFIDENCE_TITLES,
    GLOBAL_VIEW,
    NOTE,
    OF_CRITERION,
    PART_TITLES,
    VIEW_TITLES,
    Part,
    SheetField,
)
from panel_app.scoring.rules.reports import KINDS, ReportKind

_l = lazy_gettext
MOST_WORDS = 2000


def field_id(name: str) -> str:
    """The id of a field's control on the page: `C1.level` → `C1-level`."""
    return name.replace(".", "-")


class SheetForm(StageForm):
    """All criteria of one sheet in one form. Its fields for criteria are made by `sheet_form`."""

    revision = IntegerField(widget=HiddenInput(), default=0)
    page = HiddenField(validators=[at_most(64)])
    form_key = HiddenField(validators=[needed(N_("the form's key")), at_most(64)])
    global_view = RadioField(
        _l(PART_TITLES[Part.GLOBAL_VIEW]),
        choices=[SelectChoice(view.value, _l(title)) for view, title in VIEW_TITLES.items()],
        validate_choice=False,
        name=GLOBAL_VIEW.name,
        id=field_id(GLOBAL_VIEW.name),
    )
    note = TextAreaField(_l(PART_TITLES[Part.NOTE]), name=NOTE.name, id=field_id(NOTE.name))

    def of(self, code: str, part: str) -> Any:
        """The form's field for a part of a criterion: what the page prints."""
        return self[_attribute(SheetField(code, Part(part)))]

    def values(self) -> dict[str, str]:
        """Field name → text as it came. A choice that isn't made comes empty, with its criterion's other fields.

        A level that its own button clears comes empty too; of two texts, the box whose other one was taken is left out.
        """
        fields = [each for each in self if each.short_name not in ("revision", "page", "form_key", "csrf_token")]
        came = {name.partition(".")[0] for name in request.form}
        found = {each.name: str(each.data or "") for each in fields if each.name.partition(".")[0] in came}
        found.pop(request.form.get("take", ""), None)
        cleared = request.form.get("clear", "")
        return {**found, cleared: ""} if cleared in found else found


def sheet_form(criteria: Iterable[SheetCriterion], data: Mapping[str, str]) -> SheetForm:
    """The form of a sheet with these criteria, filled with `data`: form field or sheet field → text."""
    own: dict[str, Any] = {}
    filled: dict[str, Any] = {}
    for criterion in criteria:
        for part, made in _controls(criterion).items():
            field = SheetField(criterion.code, part)
            own[_attribute(field)] = made(name=field.name, id=field_id(field.name))
            filled[_attribute(field)] = data.get(field.name, "")
    made_form: type[SheetForm] = type("SheetFormOfRubric", (SheetForm,), own)
    return made_form(data={**data, **filled})


def _controls(criterion: SheetCriterion) -> dict[Part, Any]:
    def level(**names: Any) -> RadioField:
        choices = {str(each.points): each.label for each in criterion.levels}
        return RadioField(_l(PART_TITLES[Part.LEVEL]), choices=choices, validate_choice=False, **names)

    def confidence(**names: Any) -> RadioField:
        choices = {each.value: str(gettext(title)) for each, title in CONFIDENCE_TITLES.items()}
        return RadioField(_l(PART_TITLES[Part.CONFIDENCE]), choices=choices, validate_choice=False, **names)

    def text(part: Part) -> Callable[..., TextAreaField]:
        return lambda **names: TextAreaField(_l(PART_TITLES[part]), **names)

    special = {Part.LEVEL: level, Part.CONFIDENCE: confidence}
    return {part: special.get(part) or text(part) for part in OF_CRITERION}


def _attribute(field: SheetField) -> str:
    return field.name.replace(".", "_")


class Shown(TypedDict):
    """Of which sheet a submission speaks."""

    revision: int
    form_key: str


class SubmitForm(StageForm):
    """One press of the button, on the levels that were shown, with the declaration of tools outside the panel.

    The key makes a second press the same submission.
    """

    revision = IntegerField(widget=HiddenInput(), default=0)
    form_key = StringField(widget=HiddenInput(), validators=[needed(N_("the form's key")), at_most(64)])
    tools = RadioField(
        _l("Did a tool outside this site see any of the evidence?"),
        choices=[SelectChoice("none", _l("No, none did")), SelectChoice("some", _l("Yes"))],
        validate_choice=False,
        validators=[chosen(N_("whether a tool outside this site saw evidence"))],
    )
    outside_tools = TextAreaField(_l("Which, and what it saw"), validators=[at_most(2000)])

    def validate_outside_tools(self, field: TextAreaField) -> None:
        """A "yes" says which."""
        if self.tools.data == "some" and not (field.data or "").strip():
            raise ValidationError(gettext("Enter which tool it was, and what it saw."))

    def declared(self) -> str:
        """Which tools saw evidence, nothing for none."""
        return lf(self.outside_tools.data) if self.tools.data == "some" else ""

    def shown(self) -> Shown:
        """What the service takes: the revision that the page showed, and the form's key."""
        return {"revision": self.revision.data or 0, "form_key": self.form_key.data or ""}


class ReportForm(StageForm):
    """A short report: of what kind, about which piece, in which words. `pieces`: labels to choose from."""

    kind = RadioField(_l("What is it?"), choices={}, validators=[chosen(N_("what it is"))])
    piece = SelectField(_l("Where"), choices={}, validate_choice=False)
    page = StringField(_l("Page or line"), validators=[Optional(), at_most(20)])
    words = TextAreaField(_l("In your words"), validators=[Optional(), at_most(MOST_WORDS)])
    form_key = HiddenField(validators=[needed(N_("the form's key")), at_most(64)])

    def __init__(self, *args: Any, pieces: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = {kind.value: gettext(telling.title) for kind, telling in KINDS.items()}
        self.piece.choices = {"": gettext("The portfolio as a whole"), **{label: label for label in pieces}}

    def report(self) -> dict[str, Any]:
        """The typed values of the report."""
        found = {name: lf(self[name].data) for name in ("piece", "page", "words")}
        return {"kind": ReportKind(self.kind.data), **found}


class SettleForm(StageForm):
    """What the assessor reads of their report."""

    words = TextAreaField(_l("What the assessor reads"), validators=[needed(N_("your answer")), at_most(MOST_WORDS)])


class ReadUnsentForm(StageForm):
    """Why a coordinator reads what was never submitted."""

    reason = TextAreaField(_l("Why you read it"), validators=[needed(N_("why you read it")), at_most(500)])


class RestoreForm(StageForm):
    """The earlier text to bring back, on the sheet as it was shown."""

    revision = IntegerField(widget=HiddenInput(), validators=[NumberRange(0)], default=0)
    shown = IntegerField(widget=HiddenInput(), validators=[NumberRange(0)], default=0)
    form_key = HiddenField(validators=[needed(N_("the form's key")), at_most(40)])


class OfflineForm(StageForm):
    """A device that holds a portfolio, or holds it no more."""

    device = StringField(validators=[needed(N_("the device")), at_most(64)])
    files = IntegerField(validators=[Optional(), NumberRange(0, 10_000)], default=0)
    size = IntegerField(validators=[Optional(), NumberRange(0, 2_000_000_000)], default=0)


class StartForm(StageForm):
    """A button that acts; nothing to fill in."""


class WrongBody(ValueError):
    """A background save that is not one. `sentence` says so."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence for the answer."""
        super().__init__(sentence)
        self.sentence = sentence


def save_body(body: object) -> dict[str, Any]:
    """The typed content of a background save.

    `{"assignment", "field", "value", "revision", "operation", "page"}`; `value` may be a number or null.
    Raises WrongBody.
    """
    if not isinstance(body, dict):
        raise WrongBody(gettext("A save is an object with assignment, field, value, revision and operation."))
    value = body.get("value")
    texts = {name: body.get(name, "") for name in ("assignment", "field", "operation", "page")}
    revision = body.get("revision")
    is_whole = isinstance(revision, int) and not isinstance(revision, bool) and revision >= 0
    is_named = all(_is_name(text) for text in texts.values()) and texts["operation"]
    if not (is_whole and is_named and (value is None or isinstance(value, str | int))) or isinstance(value, bool):
        raise WrongBody(gettext("A save is an object with assignment, field, value, revision and operation."))
    return {**texts, "value": "" if value is None else str(value), "revision": revision}


def _is_name(text: object) -> bool:
    """A short text that can be stored: half a character, which JSON can hold, can't."""
    return isinstance(text, str) and len(text) <= 64 and text.isprintable()
