"""How the screens say time, money and channels, the way people say them."""

from datetime import datetime, timedelta, tzinfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF ", "JPY": "¥"}
WITHOUT_CENTS = {"JPY", "KRW"}
# Channel: what to do, and the icon that stands for it.
WAYS = {
    "call": ("Call", "phone"),
    "email": ("Mail", "mail"),
    "sms": ("Text", "message-square"),
    "card": ("Card", "mailbox"),
    "post": ("Post", "package"),
    "meeting": ("Meet", "handshake"),
    "decide": ("Decide", "circle-help"),
    "find": ("Find a way", "search"),
}


def way(how: str) -> tuple[str, str]:
    return WAYS.get(how, ("Do", "circle-help"))


def money(amount: int, currency: str) -> str:
    """`amount` in the smallest unit; whole units are enough on a list."""
    if not amount:
        return ""
    whole = amount if currency in WITHOUT_CENTS else round(amount / 100)
    return f"{SIGNS.get(currency, currency + ' ')}{whole:,}"


def ago(since: datetime, now: datetime) -> str:
    """How long: "14 min", "17 hours", "4 days", "3 weeks", "2 years"."""
    passed = now - since
    if passed < HOUR:
        return f"{max(1, int(passed.total_seconds() // 60))} min"
    if passed < 2 * DAY:
        return many(int(passed / HOUR), "hour")
    if passed < 21 * DAY:
        return many(passed.days, "day")
    if passed < 91 * DAY:
        return many(passed.days // 7, "week")
    if passed < 730 * DAY:
        return many(passed.days // 30, "month")
    return many(passed.days // 365, "year")


def gap(our_word: datetime | None, since: datetime, now: datetime) -> str:
    """How long they have had no word from us, to the day: it stands beside a complaint."""
    if our_word is None:
        return f"Last word from us: none, {days(since, now)}"
    return f"Last word from us: {days(our_word, now)} ago"


def days(since: datetime, now: datetime) -> str:
    passed = (now - since).days
    return many(passed, "day") if passed else ago(since, now)


def many(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def clock(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "Today", "Yesterday", "Tue 24 Nov", "24 Nov 2025"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    apart = (local.date() - today).days
    if apart in (-1, 0, 1):
        return {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}[apart]
    if local.year != today.year and abs(apart) > 150:
        return f"{local.day} {local:%b %Y}"
    return f"{local:%a} {local.day} {local:%b}"


def short_day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "24 Nov", and with the year "Nov 2002" where it is long ago."""
    local = at.astimezone(zone)
    if abs((now - at).days) > 300:
        return f"{local:%b %Y}"
    return f"{local.day} {local:%b}"


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    return f"{day(at, now, zone)}, {clock(at, zone)}"


def in_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment inside a sentence: "today, 14:00", "Tue 1 Dec, 10:00"."""
    said = moment(at, now, zone)
    near = said.startswith(("Today", "Tomorrow", "Yesterday"))
    return said[0].lower() + said[1:] if near else said


def full(at: datetime, zone: tzinfo) -> str:
    """The whole truth, for a date that somebody relies on: "Tuesday, 1 December 2026 at 10:00"."""
    local = at.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B %Y} at {local:%H:%M}"


def ordinal(number: int) -> str:
    last = number % 100
    ending = "th" if 10 < last < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def contact_number(contacts: int) -> str:
    return f"{ordinal(contacts)} contact" if contacts else "No word from us yet"


def first_name(name: str) -> str:
    """What to call them in a sentence; an address or a firm stays whole."""
    if "@" in name or any(letter.isdigit() for letter in name):
        return name
    given = name.split(",")[1].strip() if name.count(",") == 1 else name
    return given.split()[0] if given.split() else name


def shortened(text: str, most: int = 140) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def day_line(now: datetime, zone: tzinfo) -> str:
    """The head of a day's page: "Wednesday, 25 November"."""
    local = now.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B}"
