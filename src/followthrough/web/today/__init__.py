"""Whom to follow up now, why, and with which words."""
