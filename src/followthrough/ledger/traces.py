"""What still names somebody who is forgotten, though it is not theirs: files, guesses, lessons,
and what they wrote that may have been somebody else's answer."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote_plus

from followthrough.core.saying import says
from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.models import Address, Doubt, Intake, Lesson, Receipt, StoredMail, Text
from followthrough.ledger.models.reading import ASIDE, UNREADABLE
from followthrough.ledger.words import words_of

NAMELESS = "Forgotten"
FORGOTTEN = says("asked to be forgotten")
LISTS = ("ours", "guessed")  # of addresses, in what an import was told and in what it tells


def efface(workspace_id: int, addresses: Sequence[Address], names: Iterable[str]) -> None:
    """Their addresses are out of the books already; `names` are those they were written with."""
    written = {one.canonical for one in addresses} | {one.value.lower() for one in addresses}
    called = [set(words) for words in map(words_of, names) if words]
    _unread(workspace_id, written)
    for intake in Intake.objects.filter(workspace=workspace_id):
        _bare(intake, written, called)
    _unlearn(workspace_id, written)
    _empty(workspace_id, written)
    _undoubt(workspace_id, written)


def _unread(workspace_id: int, written: set[str]) -> None:
    """Mails that are kept as they came because they could not be read. Those that wait for their
    turn are left out when it comes."""
    kept = StoredMail.objects.filter(workspace=workspace_id, state=UNREADABLE, raw__isnull=False)
    for mail in kept.iterator(chunk_size=20):
        raw = bytes(mail.raw or b"").lower()
        if any(one.encode() in raw for one in written if one):
            mail.raw, mail.state, mail.reason = None, ASIDE, FORGOTTEN
            mail.save(update_fields=["raw", "state", "reason"])


def _bare(intake: Intake, written: set[str], called: Sequence[set[str]]) -> None:
    said = {
        "file_name": _unnamed(intake.file_name, written, called),
        "settings": _without(intake.settings, written),
        "counts": _without(intake.counts, written),
    }
    changed = {field: value for field, value in said.items() if value != getattr(intake, field)}
    if changed:
        Intake.objects.filter(workspace=intake.workspace_id, pk=intake.pk).update(**changed)


def _unnamed(file_name: str, written: set[str], called: Sequence[set[str]]) -> str:
    """The same where it names nobody; of one that does only the ending stays."""
    words, low = set(words_of(file_name)), file_name.lower()
    if any(name <= words for name in called) or any(one in low for one in written):
        ending = PurePath(file_name).suffix.lower()
        told = any(one.endswith(ending) for one in written) or not ending[1:].isalnum()
        return NAMELESS if told or len(ending) > 6 else f"{NAMELESS}{ending}"
    return file_name


def _without(said: dict[str, Any], written: set[str]) -> dict[str, Any]:
    return {
        key: [one for one in value if canonical_email(str(one)) not in written]
        if key in LISTS
        else value
        for key, value in said.items()
    }


def _unlearn(workspace_id: int, written: set[str]) -> None:
    """A house where we know nobody any more may be their own name."""
    houses = {one.rpartition("@")[2] for one in written if "@" in one}
    emails = Address.objects.filter(workspace=workspace_id, kind="email")
    empty = [one for one in houses if not emails.filter(canonical__endswith=f"@{one}").exists()]
    Lesson.objects.filter(workspace=workspace_id, kind="house", about__in=empty).delete()


def _empty(workspace_id: int, written: set[str]) -> None:
    """Deliveries that were set aside belong to nobody, and may still hold the address."""
    aside = Receipt.objects.filter(workspace=workspace_id, party=None).exclude(raw=None)
    theirs = [
        pk for pk, raw in aside.values_list("pk", "raw").iterator()
        if any(one in _lower(bytes(raw or b"")) for one in written)
    ]  # fmt: skip
    aside.filter(pk__in=theirs).update(raw=None)


def _undoubt(workspace_id: int, written: set[str]) -> None:
    """Their mail stands, with its words, on the timeline of whoever it may have answered for."""
    doubts = Doubt.objects.filter(workspace=workspace_id).exclude(email="")
    for doubt in [one for one in doubts if canonical_email(one.email) in written]:
        words = Text.objects.filter(workspace=workspace_id, party=doubt.party_id)
        words.filter(facts__name=doubt.said).update(title="", body="", sealed="")
        doubt.name = doubt.email = doubt.message_id = ""
        doubt.save(update_fields=["name", "email", "message_id"])


def _lower(raw: bytes) -> str:
    """A form writes the plus of a number and the at of an address in its own way."""
    return unquote_plus(raw.decode("utf-8", "replace")).lower()
