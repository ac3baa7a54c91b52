"""Long work cut into short acts."""

import pytest

from panel_app.foundation.batches import batches


@pytest.mark.parametrize(
    ("number", "cut"), [(0, []), (1, [[0]]), (2, [[0, 1]]), (3, [[0, 1], [2]]), (4, [[0, 1], [2, 3]])]
)
def test_all_come_in_their_order_at_most_so_many_at_once(number: int, cut: list[list[int]]) -> None:
    assert [list(batch) for batch in batches(range(number), 2)] == cut
