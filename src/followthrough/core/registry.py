"""Finds what a folder offers: each module in it, by the one name that it defines."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def discover(package: ModuleType, name: str) -> dict[str, Any]:
    """`name` of each module in `package`, by module name, in alphabetical order."""
    found = {}
    for module in sorted(iter_modules(package.__path__), key=lambda module: module.name):
        found[module.name] = getattr(import_module(f"{package.__name__}.{module.name}"), name)
    return found
