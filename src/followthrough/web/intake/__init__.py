"""Bring in what you already have, and see what became of each piece."""
