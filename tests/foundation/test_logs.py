"""Logs hold identifiers, never rows, forms or words."""

import pytest

from panel_app.foundation.logs import RichObject, only_kinds, refuse_rich


def test_scalars_pass() -> None:
    line = {"event": "offer_accepted", "assignment_id": 7, "late": False, "share": 0.5, "round": None}

    assert refuse_rich(None, "info", dict(line)) == line


@pytest.mark.parametrize("rich", [object(), {"name": "x"}, ["x"], ("x",)])
def test_anything_richer_is_refused(rich: object) -> None:
    with pytest.raises(RichObject, match="field 'who'"):
        refuse_rich(None, "info", {"event": "x", "who": rich})


def test_error_keeps_kind_and_place_but_loses_its_words() -> None:
    try:
        raise ValueError("the words of someone@example.org")
    except ValueError as error:
        line = only_kinds(None, "error", {"event": "crashed", "exc_info": error})

    assert line["error"] == "ValueError"
    assert str(line["at"]).startswith("test_logs.py:")
    assert "someone" not in str(line)
