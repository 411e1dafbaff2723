"""The moment that a promise names, read with the project's own date reader."""

import re
from datetime import UTC, datetime

from followthrough.core.calendar import Calendar
from followthrough.core.when import read

_CALENDAR = Calendar()
_FARTHEST = 400  # days
_BEFORE = re.compile(r"\b(?<!not )(?:before|prior to)\b", re.IGNORECASE)
_VOR = re.compile(r"\b(?<!nicht )vor\b", re.IGNORECASE)
# The reader knows English and German; the few words that dates need in others are put into English.
_IN_ENGLISH = {
    "fr": "demain:tomorrow aujourd'hui:today lundi:monday mardi:tuesday mercredi:wednesday"
    " jeudi:thursday vendredi:friday samedi:saturday dimanche:sunday janvier:january"
    " février:february mars:march avril:april mai:may juin:june juillet:july août:august"
    " septembre:september octobre:october novembre:november décembre:december semaine:week"
    " midi:noon prochaine:next prochain:next jours:days mois:month dans:in deux:two trois:three",
    "es": "mañana:tomorrow hoy:today lunes:monday martes:tuesday miércoles:wednesday"
    " jueves:thursday viernes:friday sábado:saturday domingo:sunday enero:january"
    " febrero:february marzo:march abril:april mayo:may junio:june julio:july agosto:august"
    " septiembre:september octubre:october noviembre:november diciembre:december semana:week"
    " mediodía:noon próxima:next próximo:next días:days mes:month en:in dos:two tres:three",
}
_WORDS = {
    language: dict(pair.split(":") for pair in pairs.split())
    for language, pairs in _IN_ENGLISH.items()
}


def day_named(sentence: str, *, around: int, at: datetime, language: str) -> datetime | None:
    """In the wall time of `at`: nine in the morning where no hour is named; of two days the first.

    Only what stands near the promise is read, for the reader takes 200 characters.
    """
    near = sentence[max(0, around - 60) : around + 135]
    if language in _WORDS:
        near, language = _english(near, _WORDS[language]), "en"
    near = _VOR.sub("bis", near) if language == "de" else _BEFORE.sub("by", near)
    wall = at.replace(tzinfo=UTC)
    try:
        reading = read(near, now=wall, calendar=_CALENDAR, language=language, bound_days=_FARTHEST)
    except OverflowError:  # a clock at the end of the calendar
        return None
    if reading.kind == "past":
        return None
    dues = sorted(choice.due for choice in reading.choices)
    if len(dues) > 1 and dues[0].date() == wall.date():  # on a Monday, "on Monday" is the next
        dues = dues[1:]
    due = reading.due or next(iter(dues), None)
    return due.replace(tzinfo=at.tzinfo) if due else None


def _english(text: str, words: dict[str, str]) -> str:
    """Word by word; "la semaine prochaine" needs its adjective in front."""
    said = [words.get(word.casefold(), word) for word in re.findall(r"[\w'’]+|[^\w\s]", text)]
    line = " ".join(said).replace("’", "'")
    return re.sub(
        r"\b(week|month|monday|tuesday|wednesday|thursday|friday) next\b", r"next \1", line
    )
