"""Reads of portfolios: frozen rows, the number of statements in each docstring."""
