"""What outcomes ask of people: signers to sign, coordinators to prepare a release, candidates to read."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from flask import url_for

from panel_app import clock
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.times import clock_text
from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.outcomes.queries.lists import NotReleased, ToSign, not_released, waiting_for
from panel_app.outcomes.queries.waiting import OwnResult, RoundToRelease, own_results, rounds_by_ids

NEWS_DAYS = 30
"""For so long a result is news on its candidate's first page; its own page stays. A habit of the page, no promise."""


@needs("outcomes.sign_off")
def outcomes_to_sign(actor: Actor) -> Iterable[Need]:
    """Outcomes that wait for this person's signature. Two statements."""
    return [_to_sign(row) for row in waiting_for(actor)] if actor.grants else []


def _to_sign(row: ToSign) -> Need:
    return Need(
        tone=Tone.BAD if row.sign_off_by < clock.now() else Tone.WAIT,
        sentence=sentence(N_("%(reference)s waits for your signature"), reference=row.reference),
        why=Sentence(N_("An outcome is proposed. It can't be released before it is signed off.")),
        href=url_for("outcomes.sign_off", outcome_key=row.key),
        action=Sentence(N_("Read and sign")),
        due_at=row.sign_off_by,
        date_kind=DateKind.SIGN,
        zone=row.zone,
    )


@needs("outcomes.release")
def rounds_to_release(actor: Actor) -> Iterable[Need]:
    """Rounds of a coordinator with something to prepare, or with signatures missing. Two statements."""
    mine = sorted(actor.rounds(Role.COORDINATOR))
    if not mine:
        return []
    counts = not_released(actor, mine)
    return [need for row in rounds_by_ids(list(counts)) for need in _of_round(row, counts[row.id])]


def _of_round(row: RoundToRelease, counts: NotReleased) -> Iterator[Need]:
    href = url_for("outcomes.listing", round_key=row.key)
    if counts.ready:
        yield Need(
            tone=Tone.WAIT,
            sentence=counting(
                "%(num)s outcome of %(round)s can be released",
                "%(num)s outcomes of %(round)s can be released",
                counts.ready,
                round=row.code,
            ),
            why=Sentence(N_("Signed off. Nothing leaves before you have prepared its release.")),
            href=href,
            action=Sentence(N_("Prepare the release")),
            due_at=row.release_at,
            date_kind=DateKind.RELEASE,
            zone=row.zone,
        )
    if counts.proposed:
        yield Need(
            tone=Tone.NOTE,
            sentence=counting(
                "%(num)s outcome of %(round)s lacks signatures",
                "%(num)s outcomes of %(round)s lack signatures",
                counts.proposed,
                round=row.code,
            ),
            why=sentence(N_("The release is planned for %(time)s."), time=clock_text(row.release_at, row.zone)),
            href=href,
            action=Sentence(N_("See which")),
            order=30,
        )


@needs("outcomes.result")
def results_to_read(actor: Actor) -> Iterable[Need]:
    """A candidate's results of the last weeks; nothing at all before a release. One statement."""
    if not actor.is_candidate or actor.person_id is None:
        return []
    since = clock.now() - timedelta(days=NEWS_DAYS)
    return [_result(row) for row in own_results(actor.person_id) if row.released_at >= since]


def _result(row: OwnResult) -> Need:
    return Need(
        tone=Tone.GOOD,
        sentence=sentence(N_("Your result for %(reference)s is here"), reference=row.reference),
        why=sentence(N_("Released %(time)s, with the panel's feedback."), time=clock_text(row.released_at, row.zone)),
        href=url_for("outcomes.show", portfolio_key=row.portfolio_key),
        action=Sentence(N_("Read it")),
        order=-10,
    )
