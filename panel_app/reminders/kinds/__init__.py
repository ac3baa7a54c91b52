"""Reminder rules: one file each."""
