"""Waiting on them: what they are to do, and when we ask."""
