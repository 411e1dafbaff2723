"""What a delivery report means for the address: that it is dead must stand there beyond doubt."""

import re

_ARRIVED = ("delivered", "relayed", "expanded", "deliverable")
DEAD, SUSPECT, TEMPORARY, DELIVERED = "dead", "suspect", "temporary", "delivered"

# RFC 3463: no such mailbox, no such host, not an address, moved away, takes no mail.
_DEAD_CODES = frozenset(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"))
# These say nothing of their own, so the words beside them count.
_VAGUE = re.compile(r"^$|^5\.(0\.\d+|1\.0|4\.4|5\.0)$|^4\.1\.1$")
_ENHANCED = re.compile(r"(?<![\d.\w])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(
    r"(?:^|[:;>\]\")]\s*|\b(?:said|returned|error|SMTP|was)\W{1,3})([245][0-5]\d)(?=[\s:-])"
)

# What a server knows of itself or of names on the net.
_NOWHERE = re.compile(
    r"recipient name is not recognized|recip(ient)?notfound|unrouteable address|unknown recipient$"
    r"|no mailbox here by that name|couldn't find any host|mail exchanger or ip address"
    r"|(no such|unknown) (domain|host)|(domain|host)( name)?( \S{1,80})? "
    r"(unknown|not found|does ?n[o']t exist|does not exist|no longer exists?)"
    r"|nxdomain|null ?mx|no smtp service|does not accept mail\b(?! from)|not our customer",
    re.IGNORECASE | re.MULTILINE,
)
# Another server's word for it: some say so of whatever they dislike, unless it is their answer to
# the address itself.
_NOBODY = re.compile(
    r"user[ -]?(is )?(unknown|not found|not exist)|unknown (to address|user|recipient|local|mailbox"
    r"|address|account)|no such (user|recipient|mailbox|address|person|account|local user|email)"
    r"|(user|mailbox|address|account|recipient)( \S{1,80})? (does ?n[o']t|does not|no longer) exist"
    r"|(address|recipient|mailbox) (is )?(unknown|not known|not found|invalid)"
    r"|invalid (recipient|mailbox|user)|no (mail ?box|account) (here|with|by)"
    r"|not (a )?(valid|known|local) (user|recipient|mailbox|address)|bad destination mailbox"
    r"|no longer (works|valid|in use|on server|with (us|the company))"
    r"|unbekannt|n'existe pas|no existe|non esiste|bestaat niet",
    re.IGNORECASE,
)
_ANSWER_TO_IT = re.compile(r"\brcpt\b", re.IGNORECASE)
_FULL = re.compile(
    r"(over|exceed\w*|beyond) (its |the )?(disk )?quota|disk space|mailbox (is )?full",
    re.IGNORECASE,
)
# Whatever the code: these say that the address is fine, or that nobody knows.
_ANOTHER_REASON = re.compile(
    r"quota|disk (space|full)|mailbox (is )?full|is full|exceed|spam|black ?list|block ?list"
    r"|\bblock(ed|ing)\b|policy|dmarc|\bspf\b|dkim|reputation|reverse|\bptr\b|\brelay|denied"
    r"|temporar|defer|timed? ?out|suspend|too (big|large|many|long)|message size|sender"
    r"|end of data|after data|virus|prohibited|mail from|x-unix",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"disabled|inactive|not (allowed|permitted|authori[sz]ed)|content|retry|loop|try again"
    r"|may not|might|perhaps|possibl|m\u00f6glich|eventuell|peut[- ]|quiz\u00e1s|forse|misschien",
    re.IGNORECASE,
)
_STILL_TRYING = re.compile(
    r"(been|is|was) delayed|delayed mail|delivery (is )?delayed|warning message only"
    r"|still being retried|will (be )?(retr(y|ied)|keep trying)|will continue to"
    r"|do(es)? not need to re-?send|not yet been delivered|temporary failure report"
    r"|(could not|cannot) send (message|mail) for (the )?past",
    re.IGNORECASE,
)


def status_in(text: str) -> str:
    """The first status code that a text names, else the class that its reply code stands for."""
    found = _ENHANCED.search(text)
    if found and not (found[1].endswith(".0.0") and _ENHANCED.search(text, found.end())):
        return found[1]
    for other in _ENHANCED.finditer(text):
        if not other[1].endswith(".0.0"):
            return other[1]
    if found:
        return found[1]
    reply = _REPLY.search(text)
    return f"{reply[1][0]}.0.0" if reply else ""


def meaning(*, action: str, status: str, text: str, around: str) -> str:
    """`text` is told of this address, `around` of the mail as a whole.

    `action` beats `status`: servers give up (failed) on what was 4.4.1 all along.
    """
    if action in _ARRIVED or (not action and status[:1] == "2"):
        return DELIVERED
    if action == "delayed" or (not action and _STILL_TRYING.search(text)):
        return TEMPORARY
    if not action and status[:1] == "4":
        return SUSPECT
    return DEAD if _is_dead(status, text, around) else SUSPECT


def _is_dead(status: str, text: str, around: str) -> bool:
    if _ANOTHER_REASON.search(text) or _FULL.search(around):
        return False
    if status in _DEAD_CODES:
        return True
    if not _VAGUE.match(status) or _DOUBT.search(text):
        return False
    answered = _ANSWER_TO_IT.search(text) or _ANSWER_TO_IT.search(around)
    return bool(_NOWHERE.search(text) or (answered and _NOBODY.search(text)))


def still_trying(text: str) -> bool:
    return bool(_STILL_TRYING.search(text))
