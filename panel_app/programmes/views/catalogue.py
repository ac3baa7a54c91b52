"""Public pages: the programmes, their published criteria and levels, and the rounds that take portfolios."""

from flask import abort, render_template

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.pages import Answer
from panel_app.programmes import queries
from panel_app.programmes.rules.wording import decision_words
from panel_app.programmes.views import rows
from panel_app.programmes.views.blueprint import bp


@bp.get("/programmes")
@allow(Who.ANYONE)
def programmes() -> Answer:
    """Every programme with its latest rubric, and the rounds that take portfolios now or soon."""
    latest: dict[str, queries.RubricChoice] = {}
    for rubric in queries.published_rubrics():
        latest.setdefault(rubric.programme, rubric)
    rounds = [rows.round_row(each, actor()) for each in queries.open_rounds(clock.now())]
    return render_template("programmes/programmes.html", programmes=latest.values(), rounds=rounds)


@bp.get("/programmes/<code>")
@bp.get("/programmes/<code>/<version>")
@allow(Who.ANYONE)
def programme(code: str, version: str = "") -> Answer:
    """The published criteria and levels of a programme, of the latest version or of a named one."""
    versions = queries.published_rubrics(code)
    rubric = queries.published_rubric(code, version or (versions[0].version if versions else ""))
    if rubric is None:
        abort(404)
    return render_template(
        "programmes/programme.html",
        rubric=rubric,
        others=[each.version for each in versions if each.version != rubric.version],
        decision=decision_words(rubric.decision, rubric.discrepancy),
        rounds=[
            rows.round_row(each, actor())
            for each in queries.open_rounds(clock.now(), code)
            if each.rubric_id == rubric.id
        ],
    )
