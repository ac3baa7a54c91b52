"""Reads of programmes, rubrics and rounds: frozen rows, each with its number of statements."""

from panel_app.programmes.queries.moves import MoveRow, date_moves
from panel_app.programmes.queries.people import PersonWithRole, helpers, people_with_roles
from panel_app.programmes.queries.policies import (
    chosen_assessors,
    parts_of,
    planned,
    promise_or_plan,
    promised,
    working,
    working_or_plan,
)
from panel_app.programmes.queries.rounds import (
    RoundName,
    RoundView,
    count_rounds,
    known_round,
    names_of_rounds,
    open_rounds,
    round_by_code,
    round_by_id,
    round_by_key,
    rounds_of,
)
from panel_app.programmes.queries.rubrics import (
    CriterionView,
    DomainView,
    FrameworkCriterionView,
    LevelView,
    PartView,
    RubricChoice,
    RubricView,
    SectionView,
    published_rubric,
    published_rubrics,
    rubric_of,
)

__all__ = [
    "CriterionView", "DomainView", "FrameworkCriterionView", "LevelView", "MoveRow", "PartView", "PersonWithRole",
    "RoundName", "RoundView", "RubricChoice", "RubricView", "SectionView", "chosen_assessors", "count_rounds",
    "date_moves", "helpers", "known_round", "names_of_rounds", "open_rounds", "parts_of", "people_with_roles",
    "planned", "promise_or_plan", "promised", "published_rubric", "published_rubrics", "round_by_code", "round_by_id",
    "round_by_key", "rounds_of", "rubric_of", "working", "working_or_plan",
]  # fmt: skip
