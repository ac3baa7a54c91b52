"""What of a form is never kept or shown."""

from collections.abc import Iterator

from flask import Flask
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

from panel_app.accounts.forms import CodeForm
from panel_app.foundation.typed import is_secret, without_secrets
from panel_app.foundation.web.forms import StageForm


def forms(base: type[StageForm] = StageForm) -> Iterator[type[StageForm]]:
    for each in base.__subclasses__():
        yield each
        yield from forms(each)


def fields_of(form: type[StageForm]) -> list[tuple[str, type]]:
    return [(name, held.field_class) for name, held in vars(form).items() if isinstance(held, UnboundField)]


def test_password_fields_of_all_forms_are_secret(app: Flask) -> None:
    passwords = {name for form in forms() for name, kind in fields_of(form) if issubclass(kind, PasswordField)}

    assert passwords == {"password", "present"}
    assert all(is_secret(name) for name in passwords)


def test_code_of_a_device_is_secret_and_the_code_of_a_round_is_not() -> None:
    assert [is_secret(name) for name, _ in fields_of(CodeForm)] == [True]
    assert without_secrets([("csrf_token", "t"), ("one_time_code", "271828"), ("code", "CPAP-27A")]) == [
        ("code", "CPAP-27A")
    ]
