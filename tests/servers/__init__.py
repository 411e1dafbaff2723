"""Servers that the tests talk to, on this machine."""
