"""Whom do I owe an answer? Files in, lines out; nothing is written and no books are needed."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from followthrough.core.decide import decide
from followthrough.core.facts import Fact
from followthrough.core.followups import Owed
from followthrough.core.history import History
from followthrough.core.terms import Standing, Terms
from followthrough.inlets.detect import kind_of, why_unknown
from followthrough.inlets.noticed import Contact
from followthrough.inlets.wording import one_line
from followthrough.ledger.addresses import canonical_email, canonical_phone
from followthrough.worker.importing.cards import CardReading
from followthrough.worker.importing.heard import words_of
from followthrough.worker.importing.mail import MailReading
from followthrough.worker.importing.outcomes import IGNORED, Outcome, Reading, Told
from followthrough.worker.importing.sheet import SheetReading

BANDS = {1: "Waiting for you", 2: "Your word", 3: "Gone quiet", 4: "Keep warm"}
DOUBTFUL = "Perhaps no business"
PLURALS = {"linked": "from or to people", "ignored": "left out", "quarantined": "not readable"}
ME = "me"
QUOTE = 90


@dataclass(kw_only=True)
class Somebody:
    """One contact with all that was heard of them."""

    name: str
    reaches: set[str] = field(default_factory=set)
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Line:
    who: str
    owed: Owed
    quote: str
    doubt: str = ""  # why it is perhaps no business


@dataclass(kw_only=True)
class Scan:
    """All files together: the same person in two of them is one."""

    people: list[Somebody] = field(default_factory=list)
    known: dict[str, Somebody] = field(default_factory=dict)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    guessed: list[str] = field(default_factory=list)

    def add(self, reading: Reading) -> None:
        for _ in reading.look():
            pass
        self.guessed += reading.findings.notes.get("guessed", [])
        for outcome in filter(None, reading.outcomes(0)):
            self._take(outcome)

    def _take(self, outcome: Outcome) -> None:
        self.outcomes[outcome.outcome] += 1
        if outcome.outcome == IGNORED:
            self.rules[outcome.reason] += 1
        for told in outcome.told:
            somebody = self._somebody(told.contact)
            known = {fact.name for fact in somebody.facts}
            somebody.facts += [fact for fact in self._named(told) if fact.name not in known]

    def _named(self, told: Told) -> Iterator[Fact]:
        for n, fact in enumerate(told.facts):
            name = f"{told.source}.{type(fact).__name__}"
            if n < len(told.words):
                self.words[name] = told.words[n]
            yield replace(fact, name=name)

    def _somebody(self, contact: Contact) -> Somebody:
        keys = _keys(contact)
        found = next((self.known[key] for key in keys if key in self.known), None)
        if found is None:
            found = Somebody(name=contact.name or contact.company or contact.email)
            self.people.append(found)
        found.reaches |= {"email"} if contact.emails else set()
        found.reaches |= {"call", "sms"} if contact.phones else set()
        for key in keys:
            self.known.setdefault(key, found)
        return found

    def lines(self) -> list[Line]:
        found = [line for somebody in self.people for line in self._owed_to(somebody)]
        return sorted(found, key=lambda line: (line.owed.band, -line.owed.rank, line.owed.due))

    def _owed_to(self, somebody: Somebody) -> Iterator[Line]:
        terms = Terms(
            manager=ME, owner=ME, members={ME: Standing()}, reaches=frozenset(somebody.reaches)
        )
        for owed in decide(History(somebody.name, somebody.facts), terms):
            yield self._line(somebody, owed)

    def _line(self, somebody: Somebody, owed: Owed) -> Line:
        title, body = self.words.get(owed.because, ("", ""))
        words = words_of(title, body, at=owed.since, by_us=".WeWrote" in owed.because)
        said = words.sentence
        quote = one_line(f"{title}: {said}" if title not in ("", said) else said, limit=QUOTE)
        enquired = ".TheyEnquired" in owed.because
        doubt = (
            words.why_no_business(enquired=enquired, times=owed.count)
            if owed.rule == "answer_them" and body
            else ""
        )
        return Line(who=somebody.name, owed=owed, quote=quote, doubt=doubt)


def main(words: Sequence[str]) -> int:
    options = _options(words)
    scan = Scan()
    for path in options.files:
        if not path.exists():
            sys.stderr.write(f"There is no {path}.\n")
            return 1
        reading = _reading(path, frozenset(one.lower() for one in options.me))
        if reading is None:
            sys.stderr.write(f"{path.name}: {why_unknown(path)}\n")
            return 1
        scan.add(reading)
    show(scan, Console(soft_wrap=not sys.stdout.isatty()))
    return 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="followthrough scan", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--me", action="append", default=[], metavar="ADDRESS")
    return parser.parse_args(words)


def _reading(path: Path, me: frozenset[str]) -> Reading | None:
    kind = kind_of(path)
    if kind == "unknown":
        return None
    if kind in ("csv", "xlsx"):
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        return SheetReading(path, at=changed)
    return CardReading(path) if kind == "vcard" else MailReading(path, said=me, members={})


def _keys(contact: Contact) -> list[str]:
    external = [f"external:{contact.external}"] if contact.external else []
    emails = [canonical_email(one) for one in contact.emails]
    return external + emails + [canonical_phone(one, "") for one in contact.phones]


# --- showing -------------------------------------------------------------------------


def show(scan: Scan, console: Console) -> None:
    lines = scan.lines()
    for band, title in BANDS.items():
        here = [line for line in lines if line.owed.band == band and not line.doubt]
        if here:
            _show_band(f"{title} ({len(here)})", here, console)
    if doubtful := [line for line in lines if line.doubt]:
        _show_band(f"{DOUBTFUL} ({len(doubtful)})", doubtful, console)
    _show_sum(scan)


def _show_band(title: str, lines: list[Line], console: Console) -> None:
    if not console.is_terminal:
        print(f"\n{title}")
        for line in lines:
            print("\t".join(_cells(line)))
        return
    table = Table(
        "Who", "What", "Since", "Why", "In their words", title=title, title_justify="left"
    )
    for line in lines:
        table.add_row(*map(_literal, _cells(line)))
    console.print(table)


def _cells(line: Line) -> tuple[str, ...]:
    owed = line.owed
    why = line.doubt or owed.why
    return (one_line(line.who, limit=60), owed.what, f"{owed.since:%Y-%m-%d}", why, line.quote)


def _literal(text: str) -> str:
    """Square brackets in a mail are words, not colours."""
    return text.replace("[", r"\[")


def _show_sum(scan: Scan) -> None:
    parts = [f"{count} {PLURALS[name]}" for name, count in scan.outcomes.items()]
    print(f"\n{scan.outcomes.total()} read: {', '.join(parts) or 'nothing in it'}.")
    for rule, count in scan.rules.most_common():
        print(f"    {count} left out: {rule}")
    if scan.guessed:
        print(
            f"Taken for yours, as a guess: {', '.join(scan.guessed)}. Say --me ADDRESS to be sure."
        )
