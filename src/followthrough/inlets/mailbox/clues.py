"""What the verdict on a mail is built from, each clue read once and only when asked for."""

import re
from email.message import Message
from functools import cached_property

from followthrough.inlets.mailbox.headers import addresses_in, contacts, heads, subject_of
from followthrough.inlets.mailbox.words import content, kind, parts
from followthrough.inlets.noticed import Contact
from followthrough.inlets.wording import one_line


class Clues:
    def __init__(self, message: Message) -> None:
        self.message = message
        self.values = heads(message)

    def first(self, name: str) -> str:
        return one_line((self.values.get(name) or [""])[0], limit=300)

    def line(self, name: str) -> str:
        return f"{name.title()}: {self.first(name)}" if name in self.values else ""

    @cached_property
    def subject(self) -> str:
        return subject_of(self.values)

    @cached_property
    def sender(self) -> Contact:
        return self.rewritten or self._from

    @cached_property
    def _from(self) -> Contact:
        return next(iter(contacts(self.values.get("from", [])[:1])), Contact())

    @cached_property
    def rewritten(self) -> Contact | None:
        """Who wrote it, where a list has put its own address in their place (as DMARC makes it)."""
        original = next(iter(contacts(self.values.get("x-original-from", [])[:1])), None)
        if original or not self.mailing_list:
            return original
        by_the_list = self._from.email in self.lists or " via " in self._from.name
        people = contacts(self.values.get("reply-to", [])[:1]) if by_the_list else ()
        return next(
            (one for one in people if one.email not in (*self.lists, self._from.email)), None
        )

    @cached_property
    def kinds(self) -> dict[str, Message]:
        return {kind(part): part for part in reversed(list(parts(self.message)))}

    @cached_property
    def report(self) -> str:
        """The report-type of a multipart/report."""
        typed = self.first("content-type").lower()
        found = re.search(r"report-type\s*=\s*\"?([\w-]+)", typed)
        return found[1] if found and "report" in typed.split(";")[0] else ""

    @cached_property
    def null_path(self) -> bool:
        return self.first("return-path").replace(" ", "") == "<>"

    @cached_property
    def auto_submitted(self) -> str:
        """Its keyword, without comments and parameters; "" for no."""
        written = re.sub(r"\(.*?\)", "", self.first("auto-submitted")).split(";")[0].strip().lower()
        return "" if written == "no" else written

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The addresses of the lists it came by."""
        names = ("list-post", "x-beenthere", "x-mailing-list", "mailing-list")
        named = addresses_in(
            [value.replace("mailto:", "") for name in names for value in self.values.get(name, [])]
        )
        return named or ((self._owned_list,) if self._owned_list else ())

    @cached_property
    def _owned_list(self) -> str:
        """The list it was written to, where only its owner's address gives it away: old programs
        write `Sender: owner-roofs@list.test` and call people's mail bulk."""
        owner = next(iter(addresses_in(self.values.get("sender", [])[:1])), "")
        name, _, house = owner.partition("@")
        name = re.sub(r"^owner-|-(owner|admin|bounces)$", "", name)
        written_to = addresses_in(self.values.get("to", []) + self.values.get("cc", []))
        posted = f"{name}@{house}"
        is_one = name and posted != owner and posted in written_to and posted != self._from.email
        return posted if is_one else ""

    @cached_property
    def mailing_list(self) -> bool:
        """It came by a list that people write to, as headers of list programs show."""
        posted = self.first("list-post").strip().lower() not in ("", "no")
        known = (
            "mailing-list",
            "x-mailing-list",
            "x-beenthere",
            "x-mailman-version",
            "x-loop-list",
            "x-listprocessor-version",
        )
        posted = posted or bool(self._owned_list)
        return posted or self._is_precedence("list") or any(name in self.values for name in known)

    def _is_precedence(self, *words: str) -> bool:
        return self.first("precedence").lower() in words

    @cached_property
    def sent_in_bulk(self) -> bool:
        return "list-unsubscribe" in self.values or self._is_precedence("bulk", "junk")

    @cached_property
    def answers(self) -> bool:
        return bool(self.first("in-reply-to") or self.first("references"))

    @cached_property
    def head_of_text(self) -> str:
        """The first words of the first text part: a bounce says what it is at once."""
        for part in parts(self.message):
            if kind(part).startswith("text/"):
                return content(part)[:4_000]
        return ""
