"""Addresses in which only a number differs: Django looks each up anew, and lists hold hundreds."""

from functools import cache

from django.urls import get_script_prefix, reverse


def path_to(name: str, pk: int) -> str:
    """As `reverse(name, args=[pk])`."""
    before, after = _around(name, get_script_prefix())
    return f"{before}{pk}{after}"


@cache
def _around(name: str, _prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[0]).rpartition("0")
    return before, after
