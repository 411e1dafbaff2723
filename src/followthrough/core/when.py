"""The date reader: what people type, as a day they can check before it counts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from followthrough.core.calendar import DAY, Calendar, NoSlot
from followthrough.core.when_days import FORGIVEN
from followthrough.core.when_grammar import wishes_of
from followthrough.core.when_language import Language
from followthrough.core.when_phrases import Today, Wish
from followthrough.core.when_tokens import PART, tokens_of
from followthrough.core.when_words import AMERICAN, ENGLISH, language_of

LONGEST_TEXT = 200
Kind = Literal["empty", "understood", "ambiguous", "past", "too_far", "off_day", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Choice:
    label: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a text means. `due` is set only where it may be saved as it stands."""

    kind: Kind
    due: datetime | None = None
    how: str | None = None
    sentence: str
    note: str = ""
    choices: tuple[Choice, ...] = ()


def read(
    text: str,
    *,
    now: datetime,
    calendar: Calendar,
    language: str = "en",
    bound_days: int = 180,
) -> Reading:
    """Never raises on any text; what cannot be read is answered with what to type."""
    words, length = language_of(language), len(text.strip())
    if length == 0:
        return Reading(kind="empty", sentence=words.says["empty"], note=words.says["try"])
    if length > LONGEST_TEXT:
        return Reading(kind="unknown", sentence=words.says["long"], note=words.says["try"])
    today = Today(
        now=calendar.local(now),
        calendar=calendar,
        month_first=language.casefold().replace("_", "-") == "en-us",
        one_order=words not in (ENGLISH, AMERICAN),
    )
    return _answer(text, today, words, timedelta(days=bound_days))


def _answer(text: str, today: Today, words: Language, bound: timedelta) -> Reading:
    """In the reader's language, and where that says no day, in English: people mix them."""
    tokens = tokens_of(text, words)
    plain = not tokens.turned_round and PART not in tokens.line.split()
    others = [tokens_of(text, ENGLISH)] if plain and words is not ENGLISH else []
    how = next((one.how for one in (tokens, *others) if one.how), None)
    reader = _Reader(today=today, words=words, bound=bound, how=how)
    try:
        answers = (reader.answer(*wishes_of(one.line, today)) for one in (tokens, *others))
        first = next(answers)
        return first if first.kind != "unknown" else next(answers, first)
    except NoSlot as closed:
        sentence = words.says["unknown"]
        return Reading(kind="unknown", how=how, sentence=sentence, note=closed.advice)


@dataclass(frozen=True, kw_only=True)
class _Reader:
    today: Today
    words: Language
    bound: timedelta
    how: str | None

    def answer(self, wishes: tuple[Wish, ...], at: time | None) -> Reading:
        meant = {self._due(wish, at): wish for wish in reversed(wishes)}
        dues = list(reversed(meant))
        usable = [due for due in dues if self.today.now <= due <= self.today.now + self.bound]
        if not dues:
            return self._reading("unknown", sentence=self._says("unknown"), note=self._says("try"))
        if len(usable) > 1:
            return self._ambiguous(usable)
        if usable:
            exact = meant[usable[0]].moment is not None
            return self._understood(usable[0]) if exact else self._day(usable[0])
        return self._past(dues[0]) if dues[0] < self.today.now else self._too_far(dues[0])

    def _due(self, wish: Wish, at: time | None) -> datetime:
        calendar, now = self.today.calendar, self.today.now
        if wish.moment is not None:
            spare = timedelta(seconds=-wish.moment.second % 60)
            return wish.moment.astimezone(UTC).replace(microsecond=0) + spare
        day = self._working(wish.day) or wish.day if wish.vague else wish.day
        if at is None and day == now.date() and now.time() >= calendar.start:
            return self._soon()
        return calendar.instant(datetime.combine(day, at or calendar.start))

    def _soon(self) -> datetime:
        """Today without an hour: the next full one, still today."""
        now = self.today.now
        late = now.replace(hour=23, minute=59, second=59, microsecond=0)
        full = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return max(now, min(full, late)).astimezone(UTC)

    def _ambiguous(self, dues: list[datetime]) -> Reading:
        *most, last = [self._full(due) for due in dues]
        return self._reading(
            "ambiguous",
            sentence=self._says("or", first=", ".join(most), second=last),
            note=self._says("ambiguous"),
            choices=self._chips(dues),
        )

    def _understood(self, due: datetime) -> Reading:
        return self._reading("understood", due=due, sentence=self._full(due), note=self._away(due))

    def _day(self, due: datetime) -> Reading:
        local = self.today.calendar.local(due)
        if self.today.calendar.works_on(local.date()):
            return self._understood(due)
        working = self._working(local.date())
        note = self._says("off_day", day=self._short(working)) if working else self._says("off")
        return self._reading(
            "off_day",
            due=due,
            sentence=self._full(due),
            note=note,
            choices=self._chips(self._at_same_time(due, working)),
        )

    def _past(self, due: datetime) -> Reading:
        today, gone = self.today.now.date(), self.today.calendar.local(due).date()
        if gone == today:
            meant = today + DAY
        else:
            meant = today + ((gone.isoweekday() - today.isoweekday()) % 7 or 7) * DAY
        if gone < today - FORGIVEN:
            meant = self._same_day_next_time(gone) or meant
        working = self._working(meant)
        return self._reading(
            "past",
            sentence=self._says("past", full=self._full(due)),
            note=self._says("did_you_mean", day=self._short(working)) if working else "",
            choices=self._chips(self._at_same_time(due, working)),
        )

    def _too_far(self, due: datetime) -> Reading:
        last = self.today.calendar.local(self.today.now + self.bound).date() - DAY
        while last > self.today.now.date() and not self.today.calendar.works_on(last):
            last -= DAY
        return self._reading(
            "too_far",
            sentence=self._says("too_far", full=self._full(due), n=self.bound.days),
            note=self._says("nearer", day=self._short(last)),
            choices=self._chips(self._at_same_time(due, last)),
        )

    def _same_day_next_time(self, gone: date) -> date | None:
        for year in (self.today.now.year, self.today.now.year + 1):
            leap_day = (gone.month, gone.day) == (2, 29)
            day = gone.replace(year=year, day=28 if leap_day else gone.day)
            if timedelta(0) < day - self.today.now.date() < self.bound:
                return day
        return None

    def _at_same_time(self, due: datetime, day: date | None) -> list[datetime]:
        calendar = self.today.calendar
        return [calendar.instant(datetime.combine(day, calendar.local(due).time()))] if day else []

    def _working(self, day: date) -> date | None:
        try:
            return self.today.calendar.working_day_after(day, 0)
        except NoSlot:
            return None

    def _away(self, due: datetime) -> str:
        calendar, now = self.today.calendar, self.today.now
        days = (calendar.local(due).date() - now.date()).days
        if days < 2:
            return self._says("tomorrow" if days else "today")
        working = calendar.working_days_between(now, due)
        if working < 2:
            return self._says("working_day") if working else self._says("days", n=days)
        return self._says("working_days", n=working)

    def _chips(self, dues: list[datetime]) -> tuple[Choice, ...]:
        return tuple(Choice(label=self._full(due), due=due) for due in dues)

    def _full(self, due: datetime) -> str:
        local = self.today.calendar.local(due)
        return self._dated("full", local.date(), self.words.clock(local.time()))

    def _short(self, day: date) -> str:
        return self._dated("day", day, "")

    def _dated(self, phrase: str, day: date, at: str) -> str:
        return self._says(
            phrase,
            weekday=self.words.weekdays[day.isoweekday() - 1],
            day=self.words.first if day.day == 1 else day.day,
            month=self.words.months[day.month - 1],
            year=day.year,
            time=at,
        )

    def _says(self, phrase: str, **values: object) -> str:
        return self.words.says[phrase].format(**values)

    def _reading(
        self,
        kind: Kind,
        *,
        sentence: str,
        note: str,
        due: datetime | None = None,
        choices: tuple[Choice, ...] = (),
    ) -> Reading:
        # Where weekdays are written small, a sentence still begins with a capital.
        sentence = sentence[:1].upper() + sentence[1:]
        return Reading(
            kind=kind, due=due, how=self.how, sentence=sentence, note=note, choices=choices
        )
