"""Mail that people already have: opened, read, judged and sorted, as pure functions over bytes."""

from followthrough.inlets.mailbox.clocks import in_time, seen_in_time
from followthrough.inlets.mailbox.desk import Desk
from followthrough.inlets.mailbox.glimpse import glimpse
from followthrough.inlets.mailbox.opening import open_mail
from followthrough.inlets.mailbox.parsing import key_alone, parse, wants_an_answer
from followthrough.inlets.mailbox.remembered import Remembered
from followthrough.inlets.mailbox.sorting import conversations, who_are_we
from followthrough.inlets.mailbox.threads import threads
from followthrough.inlets.mailbox.verdicts import verdict
from followthrough.inlets.mailbox.words import is_optout, own_words

__all__ = [
    "Desk",
    "Remembered",
    "conversations",
    "glimpse",
    "in_time",
    "is_optout",
    "key_alone",
    "open_mail",
    "own_words",
    "parse",
    "seen_in_time",
    "threads",
    "verdict",
    "wants_an_answer",
    "who_are_we",
]
