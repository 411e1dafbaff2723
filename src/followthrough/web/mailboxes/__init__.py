"""Mailboxes: connected, tried, looked after; and what became of each mail."""
