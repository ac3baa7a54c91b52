"""Mail about reports from a sheet: to coordinators that one waits, to its assessor that it is settled."""

from panel_app.assignment.queries.people import about_work, coordinators
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import on
from panel_app.foundation.outbox.post import post
from panel_app.foundation.permissions import can
from panel_app.portfolios.policy import PortfolioAct
from panel_app.scoring.happenings import ReportRaised, ReportSettled
from panel_app.scoring.rules.reports import KINDS, ReportKind, ReportStep


@on(ReportRaised)
def tell_coordinators(happened: ReportRaised, by: Actor) -> None:
    """Every coordinator who may see the portfolio; the assessor's own words stay on its page."""
    work = about_work(happened.assignment_id)
    for person in coordinators(happened.round_id):
        if person.person_id is not None and can(person, PortfolioAct.READ_CASE, work.portfolio_key):
            post(
                f"coordination:report:{happened.report_id}:{person.person_id}",
                "coordination/reported",
                person.person_id,
                round_id=happened.round_id,
                subject_key=work.portfolio_key,
                work=work,
                what=KINDS[ReportKind(happened.kind)].title,
                is_held=happened.held > 0,
            )


@on(ReportSettled)
def tell_assessor(happened: ReportSettled, by: Actor) -> None:
    """The answer, word for word; nothing where the assignment's own end settled it."""
    if ReportStep(happened.act) is ReportStep.LAPSE:
        return
    work = about_work(happened.assignment_id)
    post(
        f"coordination:report-settled:{happened.report_id}",
        "coordination/report_settled",
        work.person_id,
        round_id=happened.round_id,
        subject_key=work.key,
        work=work,
        what=KINDS[ReportKind(happened.kind)].title,
        answer=happened.reason,
    )
