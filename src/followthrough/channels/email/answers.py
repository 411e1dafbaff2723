"""What a mail server's answer means, and how sure it is that nothing left."""

import re
from dataclasses import dataclass

# Where in the talk it was said. Before the last byte everything is surely not sent.
OPENING, SIGNING_IN, FROM, TO, WORDS, DOT = "opening", "signing in", "from", "to", "words", "dot"

SENT, IN_DOUBT = "sent", "in doubt"
AGAIN, SLOWER = "again", "slower"  # later; later, and the whole mailbox slower
SIGN_IN, SENDER = "sign in", "sender"  # the mailbox is not let in; may not write
DEAD, FULL, REFUSED, TOO_BIG = "dead", "full", "refused", "too big"

NO_SUCH_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
MAILBOX_FULL = {"5.2.2"}
LARGE = {"5.3.4", "5.2.3"}
UNKNOWN_WORDS = re.compile(
    r"no such (user|mailbox|recipient)|user (is )?unknown|unknown (user|recipient|mailbox)"
    r"|(user|mailbox|recipient|address) (does not|doesn'?t) exist|mailbox not found",
    re.IGNORECASE,
)
HASTE_WORDS = re.compile(
    r"too many|rate|limit|throttl|quota exceeded|try again slower", re.IGNORECASE
)
DAY_WORDS = re.compile(r"\bdaily\b|per day|24 hours", re.IGNORECASE)
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A server's own words; code 0 where it said nothing that can be read. `stage`: where a service
    says after all that it belongs, though the whole mail was given to it."""

    code: int = 0
    text: str = ""
    stage: str = ""

    @property
    def enhanced(self) -> str:
        found = ENHANCED.match(self.text.strip())
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip() if self.code else self.text


NOTHING = Answer()


def meaning(answer: Answer, stage: str) -> str:
    """In one of the words above."""
    if stage == DOT and not 200 <= answer.code < 600:
        return IN_DOUBT
    if answer.code // 100 == 2 and stage == DOT:
        return SENT
    if answer.code // 100 == 3 and stage == DOT:
        return IN_DOUBT  # no answer to a mail
    if answer.code // 100 == 5:
        return _refusal(answer, stage)
    return _delay(answer) if answer.code // 100 == 4 else AGAIN


def is_for_today(answer: Answer) -> bool:
    """Whether the limit that was reached is that of a whole day."""
    return answer.code // 100 == 4 and bool(DAY_WORDS.search(answer.text))


def _delay(answer: Answer) -> str:
    said = answer.enhanced.startswith("4.7.") and answer.code in (421, 450)
    return SLOWER if said or answer.code == 452 or HASTE_WORDS.search(answer.text) else AGAIN


def _refusal(answer: Answer, stage: str) -> str:
    if stage == OPENING:
        return AGAIN  # of everybody, and not of this mail
    if stage in (SIGNING_IN, FROM):
        return SIGN_IN if stage == SIGNING_IN or answer.code == 530 else SENDER
    return _what_is_wrong(answer)


def _what_is_wrong(answer: Answer) -> str:
    enhanced = answer.enhanced
    if enhanced in NO_SUCH_ADDRESS:
        return DEAD
    if enhanced in MAILBOX_FULL:
        return FULL
    if enhanced in LARGE or (answer.code == 552 and not enhanced):
        return TOO_BIG
    return DEAD if not enhanced and UNKNOWN_WORDS.search(answer.text) else REFUSED
