"""What happened with somebody, month by month: all of it, or mail, calls or notes alone."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.core import facts
from followthrough.core.facts import OURS, THEIRS, unpack
from followthrough.core.history import History
from followthrough.core.temperature import Change
from followthrough.ledger.doubting import stands_again
from followthrough.ledger.models import Fact, Member
from followthrough.ledger.outbox.truths import by_fact, heard, truth_of
from followthrough.ledger.person import Lines, PersonPage
from followthrough.ledger.place import Place, as_named, place_in
from followthrough.ledger.today import sentence_of
from followthrough.web import say
from followthrough.web.answering.told import letters_that_did_not_leave
from followthrough.web.offers.shown import told_of
from followthrough.web.readable import readable
from followthrough.web.today.panel import NOT_OURS
from followthrough.web.today.rows import TAGS
from followthrough.web.tongue import tell
from followthrough.web.whether.asked import decisions_in
from followthrough.web.writing.told import said_of

Context = dict[str, Any]
FOLD = 280  # letters of a long note that are shown at first
FILTERS = {
    "": (gettext_lazy("All"), ()),
    "mail": (
        gettext_lazy("Mail"),
        (
            "TheyWrote",
            "WeWrote",
            "TheyEnquired",
            "QuoteSent",
            "Provided",
            "Bounced",
            "TheyOpened",
            "AutoReplied",
            "PerhapsReplied",
            "Acknowledged",
            "TheyClicked",
            "TheyBooked",
        ),
    ),
    "calls": (gettext_lazy("Calls"), ("WeCalled", "TheyCalled", "Met", "TheyVisited")),
    "notes": (gettext_lazy("Notes"), ("Noted",)),
}
BY_LEVEL = (
    (gettext_lazy("Cold"), "hourglass", ""),
    (gettext_lazy("Warm"), "sun", "honey"),
    (gettext_lazy("Hot"), "flame", "ember"),
)


def lines_asked(asked: Mapping[str, str]) -> tuple[str, Lines]:
    """The filter and the place that an address names; nonsense is the beginning of everything."""
    show = asked.get("show", "")
    show = show if show in FILTERS else ""
    return show, Lines(kinds=FILTERS[show][1], before=place_in(asked.get("before", "")))


def filters_of(show: str, page: PersonPage) -> Context:
    chosen = [
        {"label": label, "on": name == show, "url": f"?show={name}" if name else "?"}
        for name, (label, _kinds) in FILTERS.items()
    ]
    return {"filters": chosen, "older": _older(show, page.older) if page.older else ""}


def _older(show: str, place: Place) -> str:
    before = as_named(place)
    return urlencode({"show": show, "before": before} if show else {"before": before})


def months_of(
    page: PersonPage, history: History, turns: list[Change], member: Member, now: datetime
) -> list[Context]:
    """`turns` are the changes of temperature that belong among these lines."""
    told = Telling(page, history, member, now)
    zone, this_year = member.own_zone(), now.astimezone(member.own_zone()).year
    items = [*map(told.line, page.timeline), *map(told.turn, _among(turns, page))]
    # A change stands above what made it; the order of one instant stays.
    items.sort(key=lambda item: (item["at"], "turn" in item), reverse=True)
    by_month = groupby(items, key=lambda item: item["at"].astimezone(zone).date().replace(day=1))
    return [
        {
            "name": say.dated(month, "LLLL" if month.year == this_year else "LLLL y"),
            "items": [*some],
        }
        for month, some in by_month
    ]


def _among(turns: list[Change], page: PersonPage) -> list[Change]:
    """Those that fall between the lines shown; on the first page also what came after the last."""
    first = page.timeline[-1].at if page.older and page.timeline else None
    return [turn for turn in turns if first is None or turn.at >= first]


class Telling:
    """One person's lines, each as the page says it."""

    def __init__(self, page: PersonPage, history: History, member: Member, now: datetime) -> None:
        self.member, self.now, self.history = member, now, history
        self.zone = member.own_zone()
        self.standing = {fact.name for fact in history.facts}
        self.numbers = {row.name: row.pk for row in page.timeline}
        self.before = dict(_each_with_the_one_before(history))
        self.mails = by_fact(page.party) if any(map(_may_be_ours, page.timeline)) else {}
        self.since = heard(history.facts)
        self.heard = {row.at for row in page.timeline if row.kind == "TheyWrote"}
        self.decided = decisions_in(page.timeline)
        self.unanswered = letters_that_did_not_leave(page.timeline)

    def line(self, row: Fact) -> Context:
        fact = unpack(row.kind, {"at": row.at}, row.own)
        words = row.text
        twice = stands_again(row, self.heard)
        quote = readable(words.body)[:4000] if words and not twice else ""
        return {
            "id": row.pk,
            "icon": fact.icon,
            "tone": _tone(fact),
            "title": _("Is it their answer?") if row.name in self.decided else tell(str(fact)),
            "detail": self._detail(fact, row),
            "quote": quote,
            "folded": say.shortened(quote, FOLD) if len(quote) > 2 * FOLD else "",
            "when": say.moment(row.at, self.now, self.zone),
            **self._moment(row.at),
            "retracted": row.name not in self.standing,
            "after": self._after(fact, row),
            **_chip(row, self.history),
            **self._mail(row),
        }

    def _mail(self, row: Fact) -> Context:
        """What is true of a mail that left from here, and the way to its proof."""
        message = self.mails.get(row.name)
        if message is None:
            return {}
        said = said_of(message, truth_of(message, self.since), self.member, self.now)
        return {
            "url": reverse("mail", args=[message.pk]), "chip": said["text"],
            "chip_tone": said["tone"],
        }  # fmt: skip

    def turn(self, change: Change) -> Context:
        label, icon, tone = BY_LEVEL[change.level]
        return {
            "turn": True, "icon": icon, "tone": tone, "machine": True,
            "title": _("{warm} from here:").format(warm=label),
            "detail": reason_of(change),
            "when": say.day(change.at, self.now, self.zone), **self._moment(change.at),
        }  # fmt: skip

    def _moment(self, at: datetime) -> Context:
        """The page's lines say it in short; whoever points at one sees it whole."""
        return {"at": at, "iso": at.isoformat(), "exact": say.full(at, self.zone)}

    def _after(self, fact: facts.Fact, row: Fact) -> Context | None:
        """What this touch of ours comes back to: the contact before it. Of what they asked, why no
        letter left at once."""
        if row.name in self.unanswered:
            return {"text": self.unanswered[row.name], "url": ""}
        last = self.before.get(row.name)
        if fact.turn != OURS or last is None:
            return None
        text = _("re: {what}, {day}").format(
            what=_lower(tell(str(last))), day=say.day(last.at, self.now, self.zone)
        )
        number = self.numbers.get(last.name)
        return {"text": text, "url": f"#fact-{number}" if number else ""}

    def _detail(self, fact: facts.Fact, row: Fact) -> str:
        if isinstance(fact, facts.Offered | facts.LastDayMoved):
            return told_of(fact, row.text.title if row.text else "")
        if row.name in self.decided:
            return self.decided[row.name]
        for name in ("due", "until", "check_by"):
            moment = getattr(fact, name, None)
            if moment and isinstance(fact, facts.AutoReplied):
                return _("back on {day}").format(day=say.short_day(moment, self.now, self.zone))
            if moment:
                return _("for {day}").format(day=say.in_words(moment, self.now, self.zone))
        title = row.text.title if row.text and row.text.title != row.text.body else ""
        return title if title and not (row.text and row.text.body.startswith(title)) else ""


def reason_of(change: Change) -> str:
    """Why somebody is warmer or colder from then on."""
    if change.because is None:
        return _("30 days without a sign of life")
    return _lower(tell(str(change.because)))


def _lower(text: str) -> str:
    """After a colon; German, whose nouns are capital, keeps its letters."""
    if say.here().language == "de":
        return text
    return text[:1].lower() + text[1:]


def _may_be_ours(row: Fact) -> bool:
    return row.kind == "WeWrote"


def _each_with_the_one_before(history: History) -> Iterator[tuple[str, facts.Fact]]:
    last: facts.Fact | None = None
    for fact in history.facts:
        if fact.turn:
            if last is not None:
                yield fact.name, last
            last = fact


def _chip(row: Fact, history: History) -> Context:
    """What was given, or what their own words say of them."""
    if row.own.get("given"):
        return {"chip": _("Gave: {what}").format(what=tell(row.own["given"])), "chip_tone": "pine"}
    felt = [str(TAGS[feeling]) for feeling in TAGS if row.own.get(feeling)]
    said = [*felt, *([_("They asked first")] if row.name in history.asked_first else [])]
    sentence = sentence_of(row) if felt else ""
    quoted = _("“{words}”").format(words=say.shortened(sentence)) if sentence else ""
    return {
        "chip": ": ".join(filter(None, [" · ".join(said), quoted])),
        "chip_tone": "ember" if felt else "lake",
    }


def _tone(fact: facts.Fact) -> str:
    if fact.turn == THEIRS or isinstance(fact, NOT_OURS):
        return "lake"
    if getattr(fact, "given", "") or isinstance(fact, facts.PromiseKept | facts.Provided):
        return "pine"
    return "honey" if isinstance(fact, facts.NotNow | facts.PutOff) else ""
