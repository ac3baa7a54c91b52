"""Use cases of moderation: the only writers of this stage."""

from panel_app.moderation.services import following  # noqa: F401  registers itself
from panel_app.moderation.services.answering import ChosenLevel, answer_case, look_again
from panel_app.moderation.services.looking import look
from panel_app.moderation.services.sampling import draw_sample

__all__ = ["ChosenLevel", "answer_case", "draw_sample", "look", "look_again"]
