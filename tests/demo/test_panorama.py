"""The picture that the demo's held copy is about."""

from pathlib import Path

import pytest

from panel_app.demo.panorama import panorama
from panel_app.foundation.files.intake import accept, make_panel_copy
from panel_app.foundation.files.problems import TooBig


def test_panorama_is_taken_and_its_copy_needs_more_memory_than_the_cage_has(tmp_path: Path) -> None:
    picture = tmp_path / "panorama"
    picture.write_bytes(panorama())

    taken = accept(picture, "Wall.png")

    with pytest.raises(TooBig, match="1024 MB of memory"):
        make_panel_copy(picture, taken.kind, "A label", tmp_path / "copy")
