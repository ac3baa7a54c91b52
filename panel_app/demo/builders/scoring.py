"""Score sheets with every default valid: started, saved and submitted through the services."""

from collections.abc import Mapping

from panel_app.accounts.services import actor_of
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.keys import new_key
from panel_app.panel.models import Member
from panel_app.scoring.queries import criteria_of, sheet_head
from panel_app.scoring.services import Submitted, save_sheet, start_scoring, submit_sheet

REASON = "Two releases with figures before and after, and a rota that answers its alerts (E01, E02)."
FEEDBACK = "Your releases are well shown. Add how often the fallback was used, and what it cost to run."


def a_started_sheet(assignment_key: str) -> Actor:
    """A sheet that was opened and holds nothing yet; the assignment is accepted already. Gives its assessor."""
    facts = assignment_facts(assignment_key)
    assert facts is not None
    actor = actor_of(reading().get_one(Member, facts.member_id).person_id)
    start_scoring(actor, assignment_key)
    return actor


def a_saved_sheet(
    assignment_key: str,
    *,
    levels: Mapping[str, int] | int = 3,
    texts: Mapping[str, str] | None = None,
    criteria: int | None = None,
) -> Actor:
    """A sheet with levels and words saved, not submitted; gives its assessor. The assignment is accepted already.

    `levels`: criterion → points, or one number for all that are not named otherwise; `texts`: field name → text
    instead of the default ("C1.rationale", "note"); `criteria`: only so many from the first.
    """
    actor = a_started_sheet(assignment_key)
    facts = assignment_facts(assignment_key)
    assert facts is not None
    values: dict[str, str] = {} if criteria else {"global_view": "pass"}
    for criterion in criteria_of(facts.assessment_id)[:criteria]:
        points = levels if isinstance(levels, int) else levels[criterion.code]
        values |= {
            f"{criterion.code}.level": str(points),
            f"{criterion.code}.rationale": f"{criterion.title}: {REASON}",
            f"{criterion.code}.confidence": "fair",
            f"{criterion.code}.feedback": f"{criterion.title}: {FEEDBACK}",
        }
    _save(actor, assignment_key, {**values, **(texts or {})})
    return actor


def a_submitted_sheet(
    assignment_key: str, *, levels: Mapping[str, int] | int = 3, texts: Mapping[str, str] | None = None
) -> Submitted:
    """A sheet that was saved whole and submitted; levels and texts as in `a_saved_sheet`."""
    actor = a_saved_sheet(assignment_key, levels=levels, texts=texts)
    facts = assignment_facts(assignment_key)
    assert facts is not None
    head = sheet_head(facts.id)
    assert head is not None
    return submit_sheet(actor, assignment_key, revision=head.revision, form_key=new_key())


def a_mended_sheet(actor: Actor, assignment_key: str, code: str, points: int) -> Submitted:
    """A reopened sheet with another level of one criterion, and words for it, submitted again."""
    texts = {"rationale": REASON, "confidence": "fair", "feedback": f"After a second look: {FEEDBACK}"}
    values = {f"{code}.level": str(points), **{f"{code}.{part}": text for part, text in texts.items()}}
    return _submit(actor, assignment_key, _save(actor, assignment_key, values))


def _submit(actor: Actor, assignment_key: str, revision: int) -> Submitted:
    return submit_sheet(actor, assignment_key, revision=revision, form_key=new_key())


def _save(actor: Actor, assignment_key: str, values: Mapping[str, str]) -> int:
    facts = assignment_facts(assignment_key)
    assert facts is not None
    head = sheet_head(facts.id)
    assert head is not None
    saved = save_sheet(actor, assignment_key, values, revision=head.revision, page="builder", form_key=new_key())
    assert not saved.clashes, saved.clashes
    assert not saved.refused, saved.refused
    return saved.revision
