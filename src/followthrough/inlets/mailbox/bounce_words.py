"""Reports in prose (qmail, Exim, Exchange and many others): the addresses they speak of."""

import re
from dataclasses import dataclass

MOST_LINES = 400
MOST_NAMED = 50

_ADDR = r"([^\s<>()\",;:\[\]'`|/@]{1,120}@(?:[\w-]{1,63}\.){0,10}[\w-]{1,63})"
# A line that begins with the address: alone, or followed by what became of it.
_HEADS_A_LINE = re.compile(
    rf"^[\s>*•\[-]{{0,12}}<?{_ADDR}>?(?=\s*$|\s*[:;\[\](]|\s*\.\.\.|\s+on\b|\s*\.\s*$|,)"
)
_IN_A_SENTENCE = re.compile(
    rf"(?:deliver(?:ing|ed|y)?|send(?:ing)?)?[^\n@]{{0,60}}\b(?:to|for|recipients?|address(?:es)?|"
    rf"mailbox|user|attempts|size|unknown|failed)(?: is| was)?[\s:<'\"]{{1,9}}{_ADDR}",
    re.IGNORECASE,
)
_SMTP = re.compile(rf"(?:RCPT TO|Recipient|RCPT)\s*:\s*<?{_ADDR}", re.IGNORECASE)
_REPLIED = re.compile(rf"\b[45]\d\d\b(?:[^\n@]{{0,40}}[\s<'\"])?{_ADDR}", re.IGNORECASE)
_NOT_WHOM = re.compile(
    r"^[\s>*-]{0,12}(from|sender|mail from|reply-to|return-path|contact|(e-?)?mail from)\b"
    r"|MAIL FROM:|message-id|for (further|more) |please contact|contact |questions|"
    r"administrator|helpdesk",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(postmaster|mailer-daemon|support|abuse|helpdesk|hostmaster|noreply|no-reply|webmaster)@"
)


@dataclass(frozen=True, kw_only=True)
class Named:
    """An address, and what is told of it until the next one."""

    address: str
    told: str


def told_in_words(text: str, *, besides: frozenset[str]) -> list[Named]:
    """Whom the mail did not reach. `besides` are its own sender and the one it went to: they are
    named in it as well, and meant only where no other address is."""
    lines = text.split("\n")[:MOST_LINES]
    for pattern in (_HEADS_A_LINE, _SMTP, _IN_A_SENTENCE, _REPLIED):
        found = _segments(lines, pattern)
        others = [one for one in found if one.address not in besides]
        if others:
            return others
    return _segments(lines, _HEADS_A_LINE)[:1] or _segments(lines, _SMTP)[:1]


def _segments(lines: list[str], pattern: re.Pattern[str]) -> list[Named]:
    starts: dict[str, int] = {}
    for number, line in enumerate(lines):
        found = pattern.search(line[:400])
        if found and not _NOT_WHOM.search(line[:400]):
            address = found[1].strip("'.").lower()
            if not _NOBODY.match(address) and len(starts) < MOST_NAMED:
                starts.setdefault(address, number)
    ends = [*list(starts.values())[1:], len(lines)] if starts else []
    return [
        Named(address=address, told="\n".join(lines[start:end])[:2_000])
        for (address, start), end in zip(starts.items(), ends, strict=True)
    ]
