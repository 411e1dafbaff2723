"""Mail to many that does not say so in its headers: known by what it says to its readers."""

import re

from followthrough.inlets.mailbox.words import own_words
from followthrough.inlets.noticed import Mail
from followthrough.inlets.wording import folded

TO_READERS = "an announcement to its readers"
NOT_TO_US = "sent to many, and not to you"
SPAM = "marked as spam by the mail server"
MANY = 3

# The sender's voice, never that of somebody who complains: "I tried to unsubscribe" is a person.
_WANTS = "".join(f"(?<!{word} )" for word in "tried want like how wish asked need trying".split())
_FOOTERS = re.compile(
    rf"{_WANTS}to (be removed|unsubscribe|opt[- ]?out|stop receiving|remove (yourself|your))\b"
    r"|(click|go|visit|reply|see)\b.{0,40}\b(unsubscribe|be removed|remove|opt[- ]?out)\b"
    r"|unsubscribe (here|instructions|link|from this|by|at|:|\|)|\bunsubscribe$"
    r"|you('re| are| have)?( currently| been)? (receiving|received|receive|subscribed)( to)? "
    r"(this|our|the|as|because)|this (is a one[- ]time|mailing|newsletter)\b"
    r"|(manage|change|update|edit|cancel) your (e-?mail |account )?(preferences|subscription|profile)"
    r"|view (this|it|the) (\w+ )?(in|with|as) (your|a|simple) (web )?(browser|text)"
    r"|e-?mail settings for this group|newsletter (abbestellen|abmelden)"
    r"|sie (erhalten|bekommen) diese[nr]? (e-?mail|nachricht|newsletter)"
    r"|vous recevez ce (message|courriel|mail)|se desinscrire|vous desabonner"
    r"|recibe este (correo|mensaje)|darse de baja|ontvangt deze (e-?mail|nieuwsbrief)"
    r"|ricevi questa (e-?mail|mail)",
    re.MULTILINE,
)
_TO_MANY = re.compile(
    r"^dear (valued )?(subscriber|customer|reader|member|investor|friend)s?\b", re.M
)
_ANSWERS = re.compile(r"^\W*(re|aw|sv|antw|rv|fwd?|wg|tr)\s*(\[\d+\])?\s*:", re.IGNORECASE)
SHORT = 25  # words; whoever writes so little is no newsletter


def why_bulk(mail: Mail, *, named: bool) -> str:
    """The rule by which it went to many, or "". `named`: it is addressed to us by name."""
    if "marked as spam" in mail.flags:
        return SPAM
    if mail.references:
        return ""
    if not named and _scattered(mail):
        return NOT_TO_US
    if _ANSWERS.match(mail.subject):
        return ""
    words = folded(own_words(mail.text))
    many = len(words.split()) > SHORT
    return TO_READERS if many and (_FOOTERS.search(words) or _TO_MANY.search(words)) else ""


def _scattered(mail: Mail) -> bool:
    """To nobody, to its own sender, or to a row of strangers: each got it as a blind copy."""
    addresses = {one.email for one in mail.recipients}
    return mail.sender.email in addresses or not addresses or len(addresses) >= MANY
