"""Mail to many that does not say so in its headers: known by what it says to its readers."""

import re

from followthrough.core.saying import says
from followthrough.inlets.mailbox.words import not_quoted
from followthrough.inlets.noticed import Mail
from followthrough.inlets.wording import folded

TO_READERS = says("an announcement to its readers")
NOT_TO_US = says("sent to many, and not to you")
BY_A_LIST = says("mailing-list mail")
SPAM = says("marked as spam by the mail server")
MANY = 3
SHORT = 6  # words; whoever writes so little is no newsletter

_FOOTERS = re.compile(
    r"to (be removed|unsubscribe|opt[- ]?out|stop receiving|remove (yourself|your))\b"
    r"|(click|go|visit|reply|see)\b.{0,40}\b(unsubscribe|be removed|remove|opt[- ]?out)\b"
    r"|unsubscribe( here| instructions| link|:| \|)|\bunsubscribe$"
    r"|you('re| are| have)?( currently| been)? (receiving|received|receive|subscribed)( to)? "
    r"(this|our|the|as|because)|this (is a one[- ]time|mailing|newsletter)\b"
    r"|(manage|change|update|edit|cancel) your (e-?mail |account )?"
    r"(preferences|subscription|profile|settings)"
    r"|view (this|it|the) (\w+ )?(in|with|as) (your|a|simple) (web )?(browser|text)"
    r"|e-?mail settings for this group|newsletter (abbestellen|abmelden)"
    r"|sie (erhalten|bekommen) diese[nr]? (e-?mail|nachricht|newsletter)"
    r"|vous recevez ce (message|courriel|mail)|se desinscrire|vous desabonner"
    r"|recibe este (correo|mensaje)|darse de baja|ontvangt deze (e-?mail|nieuwsbrief)"
    r"|ricevi questa (e-?mail|mail)"
    r"|^dear (valued )?(subscriber|customer|reader|member|investor|friend)s?\b",
    re.MULTILINE,
)
# Somebody who complains speaks of themselves: "I asked you twice to unsubscribe".
_SPEAKS_OF_ITSELF = re.compile(r"\b(i|i'm|i've|me|my|we|our|ich|mich|wir|je|nous|yo|ik)\b")
_SENDERS = re.compile(
    r"^(newsletters?|notif(y|ications?)|alerts?|mailing-?list|listserv|bounces?)([-+_.].*)?@"
    r"|@(lists?|newsletters?|listserv|mailings?|bounces?)\."
)
ANSWERS = re.compile(r"^\W*(re|aw|sv|antw|rv|fwd?|wg|tr)\s*(\[\d+\])?\s*:", re.IGNORECASE)
_TAGGED = re.compile(r"^(\w{2,4}:\s*)*\[[\w .-]{2,30}\]\s")


def why_bulk(mail: Mail, *, named: bool) -> str:
    """The rule by which it went to many, or "". `named`: it is addressed to us by name."""
    if "marked as spam" in mail.flags:
        return SPAM
    if not named and _TAGGED.match(mail.subject):
        return BY_A_LIST
    if mail.references:
        return ""
    if not named and _scattered(mail):
        return NOT_TO_US
    if ANSWERS.match(mail.subject):
        return ""
    return TO_READERS if _SENDERS.search(mail.sender.email) or _to_readers(mail) else ""


def _scattered(mail: Mail) -> bool:
    """To nobody, to its own sender, or to a row of strangers: each got it as a blind copy."""
    addresses = {one.email for one in mail.recipients}
    return mail.sender.email in addresses or not addresses or len(addresses) >= MANY


def _to_readers(mail: Mail) -> bool:
    # All that is not quoted: what tells of a newsletter stands where signatures stand.
    words = folded(not_quoted(mail.text))
    if len(words.split(maxsplit=SHORT)) <= SHORT:
        return False
    return any(
        not _SPEAKS_OF_ITSELF.search(_before(words, found)) for found in _FOOTERS.finditer(words)
    )


def _before(words: str, found: re.Match[str]) -> str:
    """The sentence that the found words end, from its beginning."""
    return re.split(r"[.!?]\s|\n\s*\n", words[max(found.start() - 200, 0) : found.start()])[-1]
