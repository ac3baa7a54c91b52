"""Forms of portfolios: text → typed values."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from panel_app.foundation.web.forms import LocalDateTimeField, StageForm, ZonedForm, at_most, lf, needed
from panel_app.foundation.words import N_
from panel_app.portfolios.models import Relation
from panel_app.portfolios.queries.drafts import Target

_l = lazy_gettext


def lines(text: str | None) -> list[str]:
    """One entry a line; empty lines don't count."""
    return [line.strip() for line in lf(text).splitlines() if line.strip()]


class IdentityForm(StageForm):
    """What conflicts of interest are found by; the panel never sees it."""

    organisation = StringField(_l("Your employer or organisation"), filters=[lf], validators=[at_most(200)])
    other_names = TextAreaField(_l("Other names that you use or used"), validators=[at_most(1000)])
    people_named = TextAreaField(_l("People whom your portfolio names"), validators=[at_most(2000)])

    def values(self) -> dict[str, Any]:
        """Names as lists, one a line."""
        typed = super().values()
        return {**typed, "other_names": lines(typed["other_names"]), "people_named": lines(typed["people_named"])}


class SectionForm(StageForm):
    """A section's text and the version that it was typed on."""

    text = TextAreaField(_l("Your text"), filters=[lf])
    revision = IntegerField(widget=HiddenInput(), default=0)

    def values(self) -> dict[str, Any]:
        """A revision that is no number counts as the oldest."""
        return {"text": self.text.data or "", "revision": self.revision.data or 0}


class FileForm(StageForm):
    """A file, with what the browser says of it."""

    file = FileField(_l("File"))
    announced_size = HiddenField()
    announced_sha256 = HiddenField()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A file must have been chosen."""
        is_valid = bool(super().validate(*args, **kwargs))
        if not self.file.data or not self.file.data.filename:
            self.file.errors = [gettext("Choose a file.")]
            return False
        return is_valid


class LinkForm(StageForm):
    """An address as evidence."""

    link = StringField(_l("Address"), filters=[lf], validators=[needed(N_("the address"))])


class EvidenceForm(StageForm):
    """What a piece shows. Its fields for criteria and domains are made by `evidence_form`."""

    shows = TextAreaField(_l("What it shows"), filters=[lf], validators=[at_most(500)])

    def mapped(self, targets: Sequence[Target]) -> dict[str, Relation]:
        """Target → relation, those that were chosen."""
        chosen = {each.code: self[field_name(each.code)].data for each in targets}
        return {code: Relation(how) for code, how in chosen.items() if how}


def field_name(code: str) -> str:
    """The form field of a criterion or domain: `PSF-3` → `on_PSF_3`."""
    return f"on_{code.replace('-', '_').replace('.', '_')}"


def _none_as_no(value: str | None) -> str:
    """A field that wasn't sent keeps what is stored, which may be nothing."""
    return value or ""


def evidence_form(targets: Sequence[Target], shows: str, mappings: dict[str, Relation]) -> EvidenceForm:
    """The form of one piece, filled with what is stored."""
    words = {"": _l("no"), Relation.SHOWS.value: _l("shows it"), Relation.TOUCHES.value: _l("touches it")}
    choices = [SelectChoice(value, text) for value, text in words.items()]
    own = {
        field_name(each.code): SelectField(
            f"{each.code} {each.title}", choices=choices, default=mappings.get(each.code), filters=[_none_as_no]
        )
        for each in targets
    }
    made: type[EvidenceForm] = type("EvidenceFormOfRubric", (EvidenceForm,), own)
    return made(data={"shows": shows, **{field_name(code): how.value for code, how in mappings.items()}})


class SubmitForm(StageForm):
    """One press of the button: the key makes a second press the same submission."""

    form_key = HiddenField(validators=[needed(N_("the form's key")), at_most(64)])


class QuestionForm(StageForm):
    """What a candidate wants to tell or ask; the key makes a second press the same message."""

    text = TextAreaField(_l("Your message"), filters=[lf], validators=[needed(N_("your message")), at_most(2000)])
    form_key = HiddenField(validators=[needed(N_("the form's key")), at_most(64)])


class PlainForm(StageForm):
    """A button that acts; nothing to fill in."""


class ExtendForm(ZonedForm):
    """A later deadline in the round's zone, with its reason."""

    until = LocalDateTimeField(_l("New deadline"), filters=[lf], validators=[needed(N_("the new deadline"))])
    reason = TextAreaField(_l("Reason"), filters=[lf], validators=[needed(N_("the reason")), at_most(500)])


class ExcludeForm(StageForm):
    """Why a piece is left out of what the panel sees."""

    reason = TextAreaField(_l("Reason"), filters=[lf], validators=[needed(N_("the reason")), at_most(500)])
