"""Offers with an end, and links that belong to one recipient each."""
