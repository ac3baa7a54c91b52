"""Reads for reminders: what waits on whom, what was made, what was sent."""
