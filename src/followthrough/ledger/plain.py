"""Texts as every database takes them."""

from typing import Any


def clean(text: str) -> str:
    """No NUL and no half characters: PostgreSQL refuses the whole statement."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def cleaned(value: Any) -> Any:
    """The same for all texts in a JSON-ready value."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): cleaned(one) for key, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, list | tuple) else value
