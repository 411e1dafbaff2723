"""Reminders: what rang, the mails that remind, and what is pressed in them."""
