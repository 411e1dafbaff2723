"""What the sheet offers: what may have happened by each way, and the reasons to close."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from followthrough.core.saying import Saying, says

SPOKE = ("spoke", gettext_lazy("We spoke"), "phone-call")
MESSAGE = ("message", gettext_lazy("Left a message"), "message-square")
NO_ANSWER = ("no_answer", gettext_lazy("No answer"), "phone-missed")
WROTE = ("wrote", gettext_lazy("I wrote"), "send")
CAME = ("came", gettext_lazy("They wrote back"), "reply")
POSTED = ("posted", gettext_lazy("Posted it"), "mailbox")
MET = ("met", gettext_lazy("We met"), "handshake")
DONE = ("done", gettext_lazy("Done, as promised"), "circle-check")
DONE_IT = ("done", gettext_lazy("Done"), "circle-check")
DECIDED = ("decided", gettext_lazy("I thought about it"), "circle-help")

UNHAPPY = ("unhappy", gettext_lazy("Not happy"), "triangle-alert")

OUTCOMES: dict[str, tuple[tuple[str, Promise, str], ...]] = {
    "call": (SPOKE, MESSAGE, NO_ANSWER, WROTE),
    "email": (WROTE, SPOKE, NO_ANSWER, CAME),
    "sms": (WROTE, SPOKE, NO_ANSWER, CAME),
    "card": (POSTED, SPOKE, WROTE, CAME),
    "post": (DONE, SPOKE, WROTE, CAME),
    "meeting": (MET, SPOKE, WROTE, NO_ANSWER),
    "task": (DONE_IT, SPOKE, WROTE, CAME),
    "decide": (DECIDED, SPOKE, WROTE, CAME),
    "find": (DECIDED, SPOKE, WROTE, CAME),
}
# The question of a plan to which “no” is a complaint (S73).
HAPPY = "Ask whether they are happy"


def outcomes_for(how: str, what: str) -> tuple[tuple[str, Promise, str], ...]:
    found = OUTCOMES.get(how, OUTCOMES["call"])
    return (*found, UNHAPPY) if what == HAPPY and how in ("call", "meeting") else found


# Beside what stands in the library: an answer can always be given, and so can nothing.
ANSWER, NOTHING = says("An answer"), says("Nothing this time")
# How it ends, and why: kept in English, told in each reader's language.
REASONS: dict[str, tuple[str, Saying]] = {
    "won": ("won", says("They said yes")),
    "elsewhere": ("lost", says("Chose someone else")),
    "no_need": ("lost", says("No need any more")),
    "dropped": ("lost", says("We did not follow up")),
    "stop": ("lost", says("Asked us to stop")),
    "settled": ("settled", says("Settled, nothing open")),
    "mistake": ("mistake", says("Never was one")),
}
