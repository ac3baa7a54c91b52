"""What the database knows of its own tables: by this it chooses the index that finds rows at once."""

from sqlalchemy import text

from panel_app.foundation.database import transaction
from panel_app.foundation.jobs.recurring import recurring

ROWS_PER_INDEX = 1000
"""So many entries of each index SQLite looks at: enough for a choice, and over in milliseconds at any size."""


@recurring("database.statistics", every_seconds=3600)
def count_anew() -> int:
    """Lets SQLite look how its tables are filled, so that large rounds stay quick; PostgreSQL does so by itself."""
    with transaction() as db:
        if db.get_bind().dialect.name == "sqlite":
            db.execute(text(f"PRAGMA analysis_limit = {ROWS_PER_INDEX}"))
            db.execute(text("ANALYZE"))
    return 0
