"""The moderator's pages: cases that need an answer, and one case beside its sheets."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import page_number, pager
from panel_app.moderation import services
from panel_app.moderation.forms import AnswerForm, answer_form
from panel_app.moderation.policy import ModerationAct
from panel_app.moderation.queries.cases import PER_PAGE, CasePage, case_page, cases_for, digest_of
from panel_app.moderation.queries.facts import case_standing
from panel_app.moderation.rules import CASE, CaseAct
from panel_app.moderation.views import rows

bp = Blueprint("moderation", __name__)


@bp.get("/moderation")
@allow(Who.MODERATOR)
def cases() -> str:
    """The open cases: what needs an answer, since when, until when."""
    number = page_number()
    found, total = cases_for(actor(), number)
    return render_template(
        "moderation/cases.html",
        rows=[rows.listed(each) for each in found],
        page=pager(number, total, PER_PAGE),
    )


@bp.route("/moderation/<key:case_key>", methods=["GET", "POST"])
@allow(Who.MODERATOR, on=("GET", "POST"))
def case(case_key: str) -> Answer:
    """One case: the sheets side by side, reasons, evidence, and one form for the whole answer."""
    page = _readable(case_key)
    form = answer_form(page.criteria)
    if request.method == "POST" and "trial" in request.form:
        return _tried(page, form)
    return form_page(
        form,
        "moderation/case.html",
        save=lambda: services.answer_case(
            actor(), case_key, form.shown.data or "", form.answer.data or "", form.levels()
        ),
        then=lambda _: url_for("moderation.cases"),
        done=CASE.acts[CaseAct.ANSWER].done,
        showing=lambda: _to_answer(page if request.method == "GET" else _readable(case_key)),
    )


def _tried(page: CasePage, form: AnswerForm) -> Answer:
    """What the rule would give with the levels that are chosen; nothing is kept, and what was typed stays."""
    chosen = {code: each.points for code, each in form.levels().items()}
    tried = rows.with_levels(page.standing, chosen)
    return render_template("moderation/case.html", form=form, tried=tried, **_to_answer(page))


def _to_answer(page: CasePage) -> dict[str, object]:
    """What the page of one case shows, with the digest of it."""
    may_answer = can(actor(), ModerationAct.ANSWER, page.facts.key)
    return {"page": rows.case(page), "shown": digest_of(page), "may_answer": may_answer}


def _readable(case_key: str) -> CasePage:
    """The case, once the reader may see it. Raises Refused."""
    must(can(actor(), ModerationAct.READ, case_key))
    facts = case_standing(case_key)
    if facts is None:
        raise Refused(NOT_FOUND)
    return case_page(facts)


@bp.post("/rounds/<key:round_key>/sample")
@allow(Who.COORDINATOR, on=("POST",))
def draw_sample(round_key: str) -> Response:
    """Draw the sample of a round."""
    drawn = services.draw_sample(actor(), round_key)
    words = ngettext(
        "The sample is drawn: a moderator now looks at %(num)s portfolio.",
        "The sample is drawn: a moderator now looks at %(num)s portfolios.",
        drawn,
    )
    flash(words if drawn else gettext("The sample is drawn: nothing in it that was not looked at already."), "good")
    return redirect(url_for("outcomes.listing", round_key=round_key), 303)
