"""The promises, as the code holds them: discovery hides what runs, this shows it."""

from typing import Any

from django.core.management.base import BaseCommand

from followthrough.core import decide, manners
from followthrough.core.rule import Knob
from followthrough.ledger import spreading
from followthrough.reports import who_follows_up


class Command(BaseCommand):
    help = "The promises that are kept, each with its knobs."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, rule in sorted(decide.RULES.items()):
            self._print(name, rule.promise, rule.knobs)
        self._print("manners", "We are persistent, polite and never a pest.", manners.KNOBS)
        self._print("spread", "A long list does not bury a day.", {"daily": spreading.DAILY})
        habit = {"grace": who_follows_up.GRACE}
        self._print("who_follows_up", "Everybody sees how often they follow up.", habit)
        net = {"limit": decide.NET_LIMIT}
        self._print(decide.NET, "Nothing open is left without a next step.", net)

    def _print(self, name: str, promise: str, knobs: dict[str, Knob]) -> None:
        self.stdout.write(f"{name}: {promise}")
        for key, knob in knobs.items():
            self.stdout.write(f"    {name}.{key} = {knob.default} {knob.unit} ({knob.asks})")
