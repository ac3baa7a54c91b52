"""Reads of outcomes: frozen rows, each with its number of statements."""
