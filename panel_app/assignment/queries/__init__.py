"""Reads of plans, offers and assignments: frozen rows, each with its number of statements."""
