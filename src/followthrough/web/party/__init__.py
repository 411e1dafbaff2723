"""Somebody we deal with: where we stand, and everything that happened."""
