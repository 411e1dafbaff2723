"""What somebody wrote into a form, or said to a chat tool: an enquiry, with its tone."""

from collections.abc import Mapping
from datetime import datetime

from followthrough.core.facts import Fact, TheyEnquired
from followthrough.core.saying import says
from followthrough.inlets.brought import Brought, Payload
from followthrough.inlets.language import findings
from followthrough.inlets.language.phrases import pattern
from followthrough.inlets.language.tone import days_named, toned
from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.reading import LONGEST, moment, part, text

TITLE = 80
SHORT = 3  # words
NOBODY = says("It says neither a mail address nor a number: nobody could answer it.")


def of_form(values: Payload, *, at: datetime, source: str, origin: str) -> Brought | Unreadable:
    """`values` are name, email, phone, message, and `more`: what else was asked, with its words."""
    lines = [_asked(label, said) for label, said in part(values, "more").items() if said]
    said = "\n".join(filter(None, [text(values, "message", most=LONGEST), *lines]))
    return _enquiry(values, said, TheyEnquired(at=at, origin=origin), source)


def _asked(label: str, said: object) -> str:
    return f"{label} {said}" if label.endswith(("?", ":")) else f"{label}: {said}"


def of_program(values: Payload, *, at: datetime, source: str, origin: str) -> Brought | Unreadable:
    """JSON as docs/forms.md tells. `at` in it is when they wrote, `channel` by what."""
    enquired = TheyEnquired(
        at=moment(text(values, "at"), at=at),
        channel=text(values, "channel", most=20) or "form",
        origin=text(values, "origin", most=120) or origin,
    )
    return _enquiry(values, text(values, "message", most=LONGEST), enquired, source)


def _enquiry(
    values: Payload, said: str, enquired: TheyEnquired, source: str
) -> Brought | Unreadable:
    who = contact(values)
    if not (who.emails or who.phones):
        return Unreadable(why=NOBODY)
    found = findings(said, at=enquired.at, by_us=False)
    wanted = [one.value or one.sentence for one in found if one.kind in ("wants", "asks")]
    return Brought(
        contact=who, source=source, words=((_title(said), said),), wants=tuple(wanted),
        facts=asked(said, enquired),
    )  # fmt: skip


def asked(said: str, enquired: TheyEnquired) -> tuple[Fact, ...]:
    """The enquiry in its tone, and the days that it names."""
    found = findings(said, at=enquired.at, by_us=False)
    return (toned(enquired, found), *days_named(enquired, found))


def contact(values: Mapping[str, object]) -> Contact:
    email, phone = text(values, "email", most=200), text(values, "phone", most=60)
    return Contact(
        name=text(values, "name"), company=text(values, "company"),
        emails=(email,) if _is_mail(email) else (),
        phones=(phone,) if sum(map(str.isdigit, phone)) > 3 else (),
    )  # fmt: skip


def _is_mail(said: str) -> bool:
    local, at, domain = said.rpartition("@")
    return bool(local and at and "." in domain and " " not in said)


def _title(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    first = next((line for line in lines if not _only_greets(line)), *lines[:1] or [""])
    return first if len(first) <= TITLE else first[: TITLE - 1].rsplit(" ", 1)[0] + "…"


def _only_greets(line: str) -> bool:
    """Many end it with a comma, some with nothing: then a few words are a greeting."""
    ended = line if len(line.split()) > SHORT else f"{line},"
    return pattern("sentences", "greeting").fullmatch(f"{ended}\n") is not None
