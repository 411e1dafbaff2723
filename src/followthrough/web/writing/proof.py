"""The proof of a mail: what was sent, when, to whom, what the server said, and what came later."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from followthrough.ledger.books import history_of
from followthrough.ledger.models import Attempt, Member, Message
from followthrough.ledger.models.outbox import (
    BY_ANSWER,
    BY_COPY,
    BY_PERSON,
    BY_REPORT,
    FAILED,
    IN_DOUBT,
    SENT,
)
from followthrough.ledger.outbox import truths
from followthrough.web import say
from followthrough.web.tongue import tell
from followthrough.web.writing.going import going
from followthrough.web.writing.shown import size_of
from followthrough.web.writing.told import next_to_do, said_of

Context = dict[str, Any]
Line = tuple[str, str]
EVIDENCE = {
    BY_ANSWER: later("The server took it"),
    BY_COPY: later("A copy lies in the Sent folder"),
    BY_REPORT: later("A report or an answer names it"),
    BY_PERSON: later("Somebody of the team said so"),
}
TRIED = {SENT: "circle-check", FAILED: "circle-alert", IN_DOUBT: "circle-help"}
CAME_LATER = (
    ("delivered_at", later("Delivered"), "circle-check"),
    ("delayed_at", later("Delayed on its way"), "hourglass"),
    ("bounced_at", later("Came back"), "circle-alert"),
    ("seen_at", later("Seen"), "eye"),
    ("replied_at", later("Answered"), "reply"),
    ("complained_at", later("Called unwanted"), "triangle-alert"),
)


def page_of(message: Message, member: Member, now: datetime) -> Context:
    truth = truth_of(message)
    return {
        "here": "people",
        "message": message,
        "truth": said_of(message, truth, member, now),
        "reason": tell(message.reason),
        "next": next_to_do(message, truth),
        "going": going(message, member, now) if truth == truths.GOING else None,
        "in_question": truth == truths.IN_QUESTION,
        "lines": list(_lines(message, member)),
        "attempts": [
            {
                "at": one.at,
                "when": exact(one.at, member),
                "text": one.answer,
                "icon": TRIED.get(one.state, "refresh-cw"),
            }
            for one in attempts_of(message)
        ],
        "files": [
            {"name": one["name"], "size": size_of(int(one["size"])), "hash": one["sha256"]}
            for one in message.attached
        ],
        "later": list(_later(message, member)),
        "text": message.words,
        "kept": bool(message.raw),
    }


def truth_of(message: Message) -> str:
    return truths.truth_of(message, truths.heard(history_of(message.party).facts))


def attempts_of(message: Message) -> list[Attempt]:
    rows = Attempt.objects.filter(workspace=message.workspace_id, message=message)
    tried = list(rows.order_by("pk"))
    if message.state == SENT and message.answer and message.ended_at:
        tried.append(Attempt(at=message.ended_at, state=SENT, answer=message.answer))
    return tried


def exact(at: datetime, member: Member) -> str:
    """To the second, by the member's clock."""
    zone = member.own_zone()
    day = say.dated(at.astimezone(zone).date(), "d MMM y")
    return _("{day}, {time}").format(day=day, time=say.clock_to_the_second(at, zone))


def _lines(message: Message, member: Member) -> Iterator[Line]:
    yield _("Written"), exact(message.queued_at, member)
    by = _("by itself, as the plan says") if message.automatic else message.member.name
    yield _("Sent by"), by
    yield _("From"), message.sender
    yield _("To"), message.recipient or _("forgotten")
    yield "Message-ID", message.message_id
    if message.handover_at:
        yield _("Handed over"), exact(message.handover_at, member)
    if message.state == SENT:
        yield _("How we know"), str(EVIDENCE.get(message.evidence, EVIDENCE[BY_ANSWER]))
    if message.answer:
        yield _("The server’s words"), message.answer
    if message.raw:
        yield _("SHA-256 of the mail"), sha256(bytes(message.raw)).hexdigest()


def _later(message: Message, member: Member) -> Iterator[Context]:
    for name, words, icon in CAME_LATER:
        at = getattr(message, name)
        if at:
            yield {"text": str(words), "at": at, "when": exact(at, member), "icon": icon}


# --- to take away --------------------------------------------------------------------------------


def as_text(message: Message, member: Member, now: datetime) -> str:
    """All of it in plain words, with every moment as the world reads it."""
    told = said_of(message, truth_of(message), member, now)["text"]
    lines = [(_("Subject"), message.subject), (_("What is true of it"), told)]
    lines += _lines(message, member)
    lines += [(_("Tried"), f"{_moment(one.at)} {one.answer}") for one in attempts_of(message)]
    for name, words, _icon in CAME_LATER:
        if at := getattr(message, name):
            lines.append((str(words), _moment(at)))
    for one in message.attached:
        lines.append((_("File"), f"{one['name']} ({one['size']} bytes) SHA-256 {one['sha256']}"))
    lines.append((_("This was written down"), _moment(now)))
    head = "\n".join(f"{label}: {value}" for label, value in lines)
    return f"{head}\n\n{message.words}\n"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
