"""The signers' pages: what waits for a signature, one outcome, striking a criterion, sending back."""

from flask import render_template, url_for

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import page_number, pager
from panel_app.foundation.words import N_
from panel_app.outcomes import services
from panel_app.outcomes.forms import SendBackForm, SignForm, StrikeForm
from panel_app.outcomes.policy import OutcomeAct
from panel_app.outcomes.queries.facts import OutcomeStanding, outcome_standing
from panel_app.outcomes.queries.lists import PER_PAGE, to_sign
from panel_app.outcomes.queries.pages import digest_of, look_of, outcome_page, signatures_of
from panel_app.outcomes.rules import OUTCOME, OutcomeStep
from panel_app.outcomes.views import rows
from panel_app.outcomes.views.blueprint import bp

SIGNERS = (Who.SIGNER, Who.COORDINATOR, Who.MODERATOR, Who.OBSERVER)
"""Roles that a round's promise may let sign; the policy asks which of them does."""


@bp.get("/sign-off")
@allow(*SIGNERS)
def sign_offs() -> str:
    """The outcomes that the reader may sign, and those that wait for someone else."""
    number = page_number()
    found, total = to_sign(actor(), number)
    return render_template(
        "outcomes/sign_offs.html", rows=[rows.to_sign(each) for each in found], page=pager(number, total, PER_PAGE)
    )


@bp.route("/sign-off/<key:outcome_key>", methods=["GET", "POST"])
@allow(*SIGNERS, on=("GET", "POST"))
def sign_off(outcome_key: str) -> Answer:
    """One outcome: how it was decided, criterion by criterion, what moderation said; and the signature."""
    form = SignForm()
    return form_page(
        form,
        "outcomes/sign_off.html",
        save=lambda: services.sign_off(actor(), outcome_key, form.shown.data or ""),
        then=lambda _missing: url_for("outcomes.sign_offs"),
        done=OUTCOME.acts[OutcomeStep.SIGN_OFF].done,
        showing=lambda: _to_sign(outcome_key),
    )


def _to_sign(outcome_key: str) -> dict[str, object]:
    """What the page of one outcome shows, with the digest of it. Raises Refused."""
    facts = _readable(outcome_key)
    page, look = outcome_page(facts), look_of(facts.assessment_id)
    return {
        "page": rows.outcome(page),
        "look": rows.look(look),
        "shown": digest_of(page, look),
        "signatures": rows.signatures(signatures_of(facts.id), facts),
        "may_sign": can(actor(), OutcomeAct.SIGN, outcome_key),
        "may_strike": bool(can(actor(), OutcomeAct.STRIKE, outcome_key)) and rows.can_lose_one(page),
        "may_send_back": bool(can(actor(), OutcomeAct.SEND_BACK, outcome_key)),
    }


@bp.route("/sign-off/<key:outcome_key>/strike/<code>", methods=["GET", "POST"])
@allow(*SIGNERS, on=("GET", "POST"))
def strike(outcome_key: str, code: str) -> Answer:
    """Strike a criterion from those to resubmit, with a reason."""
    page = outcome_page(_readable(outcome_key))
    found = next((each for each in page.criteria if each.code == code and each.is_again), None)
    if found is None:
        raise Refused(NOT_FOUND)
    form = StrikeForm()
    return form_page(
        form,
        "outcomes/strike.html",
        save=lambda: services.strike_criterion(actor(), outcome_key, code, form.reason.data or ""),
        then=lambda _: url_for("outcomes.sign_off", outcome_key=outcome_key),
        done=N_("Struck. The candidate isn't asked to show it again."),
        page=rows.outcome(page),
        criterion=found,
    )


@bp.route("/sign-off/<key:outcome_key>/send-back", methods=["GET", "POST"])
@allow(*SIGNERS, on=("GET", "POST"))
def send_back(outcome_key: str) -> Answer:
    """Send a proposal back to the moderator, with a reason."""
    facts = _readable(outcome_key)
    must(can(actor(), OutcomeAct.SEND_BACK, outcome_key))
    form = SendBackForm()
    return form_page(
        form,
        "outcomes/send_back.html",
        save=lambda: services.send_back(actor(), outcome_key, form.reason.data or ""),
        then=lambda _: url_for("outcomes.sign_offs"),
        done=OUTCOME.acts[OutcomeStep.SEND_BACK].done,
        page=rows.outcome(outcome_page(facts)),
    )


def _readable(outcome_key: str) -> OutcomeStanding:
    """The outcome, once the reader may see it. Raises Refused."""
    must(can(actor(), OutcomeAct.READ, outcome_key))
    facts = outcome_standing(outcome_key)
    if facts is None:
        raise Refused(NOT_FOUND)
    return facts
