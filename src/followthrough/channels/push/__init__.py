"""Notices on a member's own devices, by way of their browser's push service (RFC 8030)."""
