"""`python -m panel_app` is `panel`."""

from panel_app.cli import main

if __name__ == "__main__":
    main()
