"""The demo's page of sign-ins. Registered with the mail page, in the demo only."""

from flask import render_template

from panel_app.demo.mail_views import bp
from panel_app.demo.seeding.cast import PASSWORD
from panel_app.demo.sign_ins import sign_ins as known_sign_ins
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.pages import Answer


@bp.get("/demo")
@allow(Who.ANYONE)
def sign_ins() -> Answer:
    """Whom one can be here, and what there is to see."""
    return render_template("demo/sign_ins.html", rows=known_sign_ins(), password=PASSWORD)
