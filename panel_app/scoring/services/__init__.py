"""Writing score sheets: start, save a field, save a form, submit, take back."""

from panel_app.scoring.services.field_saving import save_field
from panel_app.scoring.services.reporting import LetGo, Report, answer_report, close_report, raise_report
from panel_app.scoring.services.saving import Clash, FieldChange, FormSaved, Saved, Stale, save_sheet
from panel_app.scoring.services.starting import start_scoring
from panel_app.scoring.services.submitting import Incomplete, Submitted, submit_sheet
from panel_app.scoring.services.taking_back import take_back_sheet

__all__ = [
    "Clash", "FieldChange", "FormSaved", "Incomplete", "LetGo", "Report", "Saved", "Stale", "Submitted",
    "answer_report", "close_report", "raise_report", "save_field", "save_sheet", "start_scoring", "submit_sheet",
    "take_back_sheet",
]  # fmt: skip
