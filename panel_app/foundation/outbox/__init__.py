"""The outbox: messages written with the act, sent by the row. Panel-facing modules may not import its models."""
