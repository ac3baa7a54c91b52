"""The audit chain: every happening as a row that names the one before it by hash."""
