"""What an automatic reply says of somebody's absence: until when, for good, and who helps instead.

In English, German, French, Spanish, Italian, Dutch and Portuguese. A day that can be read in two
ways (05/06 in English) is left alone: what is proposed must be what they wrote.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from followthrough.inlets.wording import folded, one_line

READ = 4_000  # characters; the answer stands at the top
LONGEST = timedelta(days=400)  # away for longer is a slip of the pen

_MONTHS = {
    beginning: number
    for number, beginnings in enumerate(
        (
            "jan ene gen", "feb fev fevr", "mar mrz maa maerz", "apr avr abr", "may mai mag mei",
            "jun juin giu", "jul juil lug", "aug aou ago", "sep set", "oct okt ott out", "nov",
            "dec dez dic",
        ),
        start=1,
    )
    for beginning in beginnings.split()
}  # fmt: skip
# The last day away, and the first one back.
_LAST = (
    r"until|till|through|thru|bis(?: einschliesslich)?(?: zum)?|jusqu'?\s?au|hasta(?: el)?"
    r"|fino al?|tot(?: en met)?|t/m|ate(?: o dia| a)?"
)
_BACK = (
    r"(?:back|return(?:ing|s)?|again|available|reachable)(?: to (?:the )?(?:office|work))?"
    r"(?: (?:again|in the office))?(?: on| from)?"
    r"|(?:wieder|zuruck|erreichbar)(?: (?:im buro|erreichbar|da|fur sie da))?(?: ab| am)?(?: dem)?"
    r"|ab(?: dem)?|de retour(?: au bureau)?|reviens|retour"
    r"|de vuelta|regreso|vuelvo|(?:di )?ritorno|rientro|torno"
    r"|(?:weer )?(?:terug|bereikbaar|aanwezig)(?: op| vanaf)?|vanaf|de volta|regresso|volto"
)
_WEEKDAY = r"(?:\s*,?\s*(?:[a-z]{2,9}(?:-feira)?)\.?,?)?"
_DAY = (
    r"(?:(?P<y>\d{4})-(?P<ym>\d{1,2})-(?P<yd>\d{1,2})"
    r"|(?P<d>\d{1,2})(?P<sep>[./-])\s?(?P<m>\d{1,2})(?:(?P=sep)\s?(?P<dy>\d{4}|\d{2}))?"
    r"|(?P<nd>\d{1,2})(?:st|nd|rd|th|er|o|\.)?\s+(?:de\s+|di\s+|of\s+)?(?P<nm>[a-z]{3,10})\.?"
    r"(?:,?\s+(?:de\s+|del\s+)?(?P<ny>\d{4}))?"
    r"|(?P<um>[a-z]{3,10})\.?\s+(?P<ud>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<uy>\d{4}))?)"
)
_JOINT = (
    r"\b\s*(?:the\s+|dem\s+|den\s+|le\s+|el\s+|il\s+|op\s+|o\s+|em\s+|no\s+|dia\s+|am\s+|on\s+)*"
)
_SAID = re.compile(
    rf"\b(?:(?P<last>{_LAST})|(?P<back>{_BACK})){_JOINT}{_WEEKDAY}\s*(?<![a-z]){_DAY}(?!\d)"
)
_GONE = re.compile(
    r"\bno longer (?:work|with|employ|at|part)|\bhas left (?:the |our )?(?:company|firm|organi)"
    r"|\bnot (?:work|employ)\w* (?:here|at \S+|for \S+) any ?more|\bleft the company\b"
    r"|\bnicht mehr (?:im|in|bei|fur|fuer)\s.{0,40}(?:unternehmen|firma|haus|tatig|beschaftigt|uns)"
    r"|\bhat (?:unser|das|die) (?:unternehmen|firma|haus) verlassen"
    r"|\bne (?:travaille|fait) plus|\ba quitte (?:la societe|l'entreprise|notre)"
    r"|\bya no (?:trabaja|forma parte)|\bha dejado la empresa"
    r"|\bnon (?:lavora|fa) piu|\bha lasciato l'azienda"
    r"|\bniet (?:meer|langer) (?:werkzaam|in dienst)|\bwerkt niet (?:meer|langer)"
    r"|\bja nao (?:trabalha|faz parte)|\bnao trabalha mais|\bdeixou a empresa"
)
_INSTEAD = re.compile(
    r"\b(?:contact|reach|write to|turn to|email|mail|wenden|kontaktieren|ansprechpartner|vertret\w*"
    r"|contacter|adresser|ecrire|contacte|contactar|dirija\w*|escriba|contattare|rivolger\w*"
    r"|scrivere|opnemen|wend\w*|contate|contatar|contacta)\b",
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}", re.IGNORECASE)
_ENDS = re.compile(r"(?<=[^\d\s][.!?])\s+|\n")  # “16. März” is no end


@dataclass(frozen=True, kw_only=True)
class Absence:
    """`back` is their first day; `instead` the sentence that names somebody else, with an address.
    `says` is the sentence that tells the day."""

    back: date | None = None
    gone: bool = False
    instead: str = ""
    says: str = ""


def absence_in(text: str, *, at: datetime) -> Absence:
    """`at` is when it was written; a day without a year is the next one."""
    gone = False
    back: tuple[date, str] | None = None
    instead = ""
    for sentence in _sentences(text):
        plain = folded(sentence).replace("’", "'")
        gone = gone or bool(_GONE.search(plain))
        back = back or _back(plain, sentence, at)
        if not instead and _INSTEAD.search(plain) and _ADDRESS.search(sentence):
            instead = sentence
    day, says = back if back and not gone else (None, "")
    return Absence(back=day, gone=gone, instead=instead, says=says)


def _sentences(text: str) -> Iterator[str]:
    for piece in _ENDS.split(text[:READ]):
        if found := one_line(piece, limit=300):
            yield found


def _back(plain: str, sentence: str, at: datetime) -> tuple[date, str] | None:
    """The latest day that the sentence names: “from the 1st until the 5th, back on the 8th”."""
    days = [day for said in _SAID.finditer(plain) if (day := _first_day(said, at))]
    return (max(days), sentence) if days else None


def _first_day(said: re.Match[str], at: datetime) -> date | None:
    day = _date(said, at.date())
    if day is None:
        return None
    first = day + timedelta(days=1) if said["last"] else day
    return first if at.date() < first <= at.date() + LONGEST else None


def _date(said: re.Match[str], today: date) -> date | None:
    if said["y"]:
        return _made(said["y"], int(said["ym"]), said["yd"], today)
    if said["d"]:
        return _figures(said, today)
    day, name, year = (
        (said["nd"], said["nm"], said["ny"]) if said["nd"] else (said["ud"], said["um"], said["uy"])
    )
    starts = (name[:length] for length in (5, 4, 3))
    month = next((number for one in starts if (number := _MONTHS.get(one))), 0)
    return _made(year, month, day, today)


def _figures(said: re.Match[str], today: date) -> date | None:
    """Points are written by those who say the day first; with slashes both are possible."""
    day, month = said["d"], int(said["m"])
    either = said["sep"] != "." and int(day) <= 12 and month <= 12 and int(day) != month
    if either and not _DAY_FIRST.search(said.string):
        return None
    if month > 12:
        day, month = said["m"], int(said["d"])
    year = said["dy"]
    return _made(f"20{year}" if year and len(year) == 2 else year, month, day, today)


# Words of the languages in which the day stands first.
_DAY_FIRST = re.compile(
    r"\b(?:jusqu|de retour|absent|bureau|hasta|ausente|vuelta|oficina|fino|rientro|ufficio|assente"
    r"|tot|afwezig|terug|kantoor|ate|ausente|escritorio|bis|wieder|buro)\b"
)


def _made(year: str | None, month: int, day: str, today: date) -> date | None:
    try:
        if year:
            return date(int(year), month, int(day))
        this = date(today.year, month, int(day))
        return this if this >= today else this.replace(year=today.year + 1)
    except ValueError:
        return None
