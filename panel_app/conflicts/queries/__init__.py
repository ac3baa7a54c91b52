"""Reads of the register of conflicts and of the facts that it stands on."""

from panel_app.conflicts.queries.standing import (
    barred_pairs,
    hidden_from,
    hidden_portfolios,
    is_hidden,
    pair_standing,
    undecided_pairs,
)

__all__ = ["barred_pairs", "hidden_from", "hidden_portfolios", "is_hidden", "pair_standing", "undecided_pairs"]
