"""Rules of portfolios: pure functions and frozen rows."""
