"""Builders, the demo round, the mail page."""

from importlib import import_module

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what is this stage's own; the pages of mail and sign-ins exist in the demo only.

    Raises SettingError in production on a database that carries demo accounts.
    """
    import_module("panel_app.demo.cli")
    if app.config["SETTINGS"].is_demo:
        import_module("panel_app.demo.sign_in_views")
        app.register_blueprint(import_module("panel_app.demo.mail_views").bp)
    if app.config["SETTINGS"].is_production:
        import_module("panel_app.demo.refusal").refuse_demo_accounts(app)
