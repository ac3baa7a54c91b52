"""What a coordinator's first page says of work that is late, and of dates that lie after a round's release."""

from collections.abc import Iterable

from flask import url_for

from panel_app import clock
from panel_app.coordination.late_queries import Late, LateKind, after_release, late_work
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence, counting, sentence

ONE = {
    LateKind.SHEET: N_("%(reference)s: a score sheet is overdue"),
    LateKind.CASE: N_("%(reference)s: the moderator's answer is overdue"),
    LateKind.SIGNATURE: N_("%(reference)s: a signature is overdue"),
}
WHY = {
    LateKind.SHEET: N_("Ask the assessor, give a later date, or replace them."),
    LateKind.CASE: N_("Nothing can be decided about it before. Ask the moderator."),
    LateKind.SIGNATURE: N_("It can't be released before it is signed off. Ask the signers."),
}


@needs("coordination.late")
def late_things(actor: Actor) -> Iterable[Need]:
    """Overdue sheets, answers and signatures of a coordinator's rounds. Three statements."""
    mine = actor.rounds(Role.COORDINATOR)
    return [_late(row) for row in late_work(actor, mine, clock.now())] if mine else []


def _late(row: Late) -> Need:
    is_one = row.number == 1
    here = url_for("portfolios.case", round_key=row.round_key, portfolio_key=row.portfolio_key)
    desk = url_for("coordination.desk", round_key=row.round_key, show="stuck") + "#portfolios"
    return Need(
        tone=Tone.BAD,
        sentence=sentence(ONE[row.kind], reference=row.reference) if is_one else _many(row),
        why=Sentence(WHY[row.kind]),
        href=here if is_one else desk,
        action=Sentence(N_("Open the portfolio") if is_one else N_("See which")),
        due_at=row.since,
        zone=row.zone,
    )


def _many(row: Late) -> Sentence:
    number, code = row.number, row.code
    if row.kind is LateKind.SHEET:
        return counting(
            "%(num)s score sheet of %(code)s is overdue",
            "%(num)s score sheets of %(code)s are overdue",
            number,
            code=code,
        )
    if row.kind is LateKind.CASE:
        return counting(
            "%(num)s moderator's answer of %(code)s is overdue",
            "%(num)s moderators' answers of %(code)s are overdue",
            number,
            code=code,
        )
    return counting(
        "%(num)s outcome of %(code)s is overdue for signing",
        "%(num)s outcomes of %(code)s are overdue for signing",
        number,
        code=code,
    )


@needs("coordination.after_release")
def dates_after_release(actor: Actor) -> Iterable[Need]:
    """Rounds of a coordinator where something is due only after the release. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for row in after_release(actor, mine) if mine else []:
        yield Need(
            tone=Tone.WAIT,
            sentence=counting(
                "%(num)s portfolio of %(code)s has a date after the release",
                "%(num)s portfolios of %(code)s have a date after the release",
                row.number,
                code=row.code,
            ),
            why=Sentence(N_("A sheet, an answer or a signature is due later. Move the release, or it leaves without.")),
            href=url_for("programmes.dates", round_key=row.round_key),
            action=Sentence(N_("Move the release")),
            due_at=row.release_at,
            date_kind=DateKind.RELEASE,
            zone=row.zone,
            order=15,
        )
