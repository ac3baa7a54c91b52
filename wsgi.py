"""What a web server runs: `gunicorn wsgi:app`. Settings come from the environment."""

from panel_app import create_app

app = create_app()
