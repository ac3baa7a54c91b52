"""Rules of rounds and rubrics: pure, no database, no web."""
