"""Mailboxes read as they fill: stored first, then thought about, and counted every day."""
