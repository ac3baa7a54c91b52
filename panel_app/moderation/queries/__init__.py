"""Reads of moderation: frozen rows, each with its number of statements."""
