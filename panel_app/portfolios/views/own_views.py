"""A candidate's pages: their portfolios, starting one, the task list, themselves, withdrawing."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_
from panel_app.portfolios import services
from panel_app.portfolios.forms import IdentityForm, QuestionForm
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.drafts import DraftPage, draft_page
from panel_app.portfolios.queries.lists import own_portfolios, own_rounds
from panel_app.portfolios.queries.people import own_identity
from panel_app.portfolios.rules.statuses import PORTFOLIO
from panel_app.portfolios.views import draft_shapes, shapes
from panel_app.portfolios.views.blueprint import bp
from panel_app.programmes.queries import RoundView, open_rounds


@bp.get("/portfolios")
@allow(Who.SIGNED_IN)
def mine() -> str:
    """Every portfolio of one's own, with where it stands and its date."""
    rows = [
        {
            "href": url_for("portfolios.show", portfolio_key=row.key),
            "reference": row.reference,
            "round": row.round_title,
            "status": shapes.Status(gettext(PORTFOLIO.title(row.status)), PORTFOLIO.tone(row.status).value),
            "closes": shapes.instant(row.closes_at, row.zone),
            "result": url_for("outcomes.show", portfolio_key=row.key) if row.has_result else None,
        }
        for row in own_portfolios(actor().person_id or 0)
    ]
    return render_template("portfolios/mine.html", rows=rows)


@bp.route("/portfolios/new", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def new() -> Answer:
    """Choose an open round; then say what conflicts are found by, and start."""
    rounds = {row.key: row for row in open_rounds(clock.now()) if row.opens_at <= clock.now()}
    chosen = rounds.get(request.args.get("round", ""))
    if chosen is None:
        return render_template("portfolios/rounds.html", rounds=_choices(rounds))
    form = IdentityForm()
    return form_page(
        form,
        "portfolios/new.html",
        save=lambda: services.start_portfolio(actor(), chosen.key, **form.values()),
        then=lambda started: url_for("portfolios.show", portfolio_key=started.key),
        done=N_("Your draft is there. Everything you type is saved as you go."),
        round=chosen,
        closes=shapes.instant(chosen.closes_at, chosen.zone),
    )


@bp.get("/portfolios/<key:portfolio_key>")
@allow(Who.SIGNED_IN)
def show(portfolio_key: str) -> str:
    """The task list: sections, evidence and what it shows, what is missing, dates."""
    page = own_page(portfolio_key)
    return render_template(
        "portfolios/show.html",
        page=page.portfolio,
        **vars(draft_shapes.task_list(page)),
        may_change=bool(can(actor(), PortfolioAct.WRITE, portfolio_key)),
        may_withdraw=bool(can(actor(), PortfolioAct.WITHDRAW, portfolio_key)),
        now_iso=clock.now().isoformat(),
    )


@bp.route("/portfolios/<key:portfolio_key>/about", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def about(portfolio_key: str) -> Answer:
    """Organisation, other names, people named: the identity side, for conflicts alone."""
    page = own_page(portfolio_key)
    form = IdentityForm(data=own_identity(portfolio_key))
    return form_page(
        form,
        "portfolios/about.html",
        save=lambda: services.change_identity(actor(), portfolio_key, **form.values()),
        then=lambda _: url_for("portfolios.show", portfolio_key=portfolio_key),
        done=N_("Saved. Only coordinators see it."),
        page=page.portfolio,
    )


@bp.route("/portfolios/<key:portfolio_key>/question", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def question(portfolio_key: str) -> Answer:
    """Write to the coordinators of the round: also after the deadline, and after the result."""
    page = own_page(portfolio_key)
    form = QuestionForm(data={"form_key": new_key()})
    return form_page(
        form,
        "portfolios/question.html",
        save=lambda: services.ask_coordinators(actor(), portfolio_key, **form.values()),
        then=lambda _: url_for("portfolios.show", portfolio_key=portfolio_key),
        done=N_("Your message is on its way to the coordinators. They answer by email."),
        page=page.portfolio,
    )


@bp.post("/portfolios/<key:portfolio_key>/withdraw")
@allow(Who.SIGNED_IN, on=("POST",))
def withdraw(portfolio_key: str) -> Response:
    """Take the portfolio back, after a confirmation."""
    services.withdraw_portfolio(actor(), portfolio_key)
    flash(gettext("Your portfolio is withdrawn. It will not be assessed."), "good")
    return redirect(url_for("portfolios.show", portfolio_key=portfolio_key), 303)


def own_page(portfolio_key: str) -> DraftPage:
    """The page's rows, for its owner alone. Raises Refused."""
    must(can(actor(), PortfolioAct.READ, portfolio_key))
    page = draft_page(portfolio_key)
    if page is None:
        raise Refused(NOT_FOUND)
    return page


def _choices(rounds: dict[str, RoundView]) -> list[dict[str, object]]:
    started = own_rounds(actor().person_id or 0)
    return [
        {
            "title": row.title,
            "programme": row.programme_name,
            "closes": shapes.instant(row.closes_at, row.zone),
            "href": url_for("portfolios.show", portfolio_key=started[key])
            if key in started
            else url_for("portfolios.new", round=key),
            "started": key in started,
        }
        for key, row in rounds.items()
    ]
