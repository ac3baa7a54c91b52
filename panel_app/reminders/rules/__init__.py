"""When reminders are due: pure rules over frozen facts."""
