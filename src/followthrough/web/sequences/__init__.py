"""Sequences: written down, looked at over thirty days, and begun with somebody."""
