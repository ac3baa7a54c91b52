"""Reads of score sheets: frozen rows, each with its number of statements. Nothing here knows who made a portfolio."""

from panel_app.scoring.queries.sheets import (
    SheetCriterion,
    SheetHead,
    SheetLevel,
    criteria_of,
    sheet_head,
    values_of,
)
from panel_app.scoring.queries.submitted import (
    SubmittedScore,
    SubmittedSheet,
    first_versions,
    last_version,
    submitted_sheets,
    submitted_versions,
    version_by_form_key,
)

__all__ = [
    "SheetCriterion", "SheetHead", "SheetLevel", "SubmittedScore", "SubmittedSheet", "criteria_of",
    "first_versions", "last_version",
    "sheet_head", "submitted_sheets", "submitted_versions", "values_of", "version_by_form_key",
]  # fmt: skip
