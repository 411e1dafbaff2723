"""What a telephone company tells, in Twilio's words: a call, a text, and a stop by text."""

from collections.abc import Mapping
from datetime import datetime

from followthrough.core.facts import Fact, OptedIn, OptedOut, TheyCalled, TheyWrote
from followthrough.core.saying import says
from followthrough.inlets.brought import Brought, Nothing
from followthrough.inlets.language import findings
from followthrough.inlets.language.tone import toned
from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.stop_words import wish_of

# How a call ended. What is still ringing has not; who answered is known only where it was put
# through to somebody.
IN_VAIN = {"no-answer", "busy", "failed", "canceled"}
ENDED = IN_VAIN | {"completed"}
ON_THE_WAY = says("The call is not over yet.")
OURS = says("This is a call or a text of our own.")
HIDDEN = says("They withheld their number: nobody could ring back.")
NEITHER = says("This is neither a call nor a text.")
LONGEST = 5_000


def their_id(form: Mapping[str, str]) -> str:
    """What tells this delivery from others of the same call."""
    text = form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid")
    states = (form.get("CallStatus", ""), form.get("DialCallStatus", ""))
    return text or ":".join(filter(None, [form.get("CallSid", ""), *states]))


def brought(form: Mapping[str, str], *, at: datetime) -> Brought | Nothing | Unreadable:
    said = form.get("Direction", "inbound")
    if said.startswith("outbound"):
        return Nothing(why=OURS)
    number = form.get("From", "").removeprefix("whatsapp:")
    who = Contact(phones=(number[:60],))  # what a company calls a number is no name
    if form.get("CallSid"):
        return _call(form, who, at)
    if form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid"):
        return _text(form, who, at)
    return Unreadable(why=NEITHER)


def _call(form: Mapping[str, str], who: Contact, at: datetime) -> Brought | Nothing:
    put_through = form.get("DialCallStatus", "")
    state = put_through or form.get("CallStatus", "")
    if state not in ENDED | {"answered"}:
        return Nothing(why=ON_THE_WAY)
    if not _can_be_reached(who):
        return Nothing(why=HIDDEN)
    answered = put_through in ("completed", "answered")
    fact = TheyCalled(at=at, answered=answered)
    return Brought(contact=who, source=f"call:{form['CallSid'][:60]}", facts=(fact,))


def _text(form: Mapping[str, str], who: Contact, at: datetime) -> Brought | Nothing:
    if form.get("SmsStatus", form.get("MessageStatus", "received")) not in (
        "received",
        "receiving",
    ):
        return Nothing(why=OURS)
    if not _can_be_reached(who):
        return Nothing(why=HIDDEN)
    body = form.get("Body", "").strip()[:LONGEST]
    wish = form.get("OptOutType", "").lower() or wish_of(body)
    found = findings(body, at=at, by_us=False)
    said: Fact = toned(TheyWrote(at=at, channel="sms"), found)
    if wish == "stop":
        said = OptedOut(at=at)
    elif wish == "start":
        said = OptedIn(at=at)
    source = f"text:{their_id(form)[:60]}"
    return Brought(contact=who, source=source, facts=(said,), words=(("", body),))


def _can_be_reached(who: Contact) -> bool:
    return sum(map(str.isdigit, who.phones[0])) > 3
