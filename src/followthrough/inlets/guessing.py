"""What the first rows of a list give away: where its headers stand, what a column holds."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from followthrough.inlets.cells import addresses
from followthrough.inlets.columns import MANY, meanings
from followthrough.inlets.dates import Dating
from followthrough.inlets.wording import folded, one_line

LOOKED_AT = 20  # records among which the headers are
_PHONE = re.compile(r"(?=(?:\D*\d){8,15}\D*$)\+?[\d\s()/.\-–]{7,25}(?:\s*(?:x|ext\.?)\s*\d+)?")
_PHONE_SIGNS = re.compile(r"^[+0(]|[ /()-].*[ /()-]")
_SUM = re.compile(r"[-(]?[$€£]?\s?\d[\d.,]*[.,]\d\d\)?\s?[$€£]?")
_ID = re.compile(r"(?=.*\d)[\w-]{1,24}")
_DIRECTION = re.compile(
    r"(in|out)(bound|coming|going)( call)?|missed( call)?|(ein|aus)gehend|verpasst|entgangen|"
    r"entrante?|sortant|manquee?|saliente|perdida|inkomend|uitgaand|gemist|in uscita|in arrivo"
)
_FORMULA = re.compile(r"^[=@]")
COLUMN = "Column {}"


def headers_of(
    rows: Iterable[list[str]], width: int, chosen: int | None
) -> tuple[int, tuple[str, ...]]:
    """Which record holds the headers, from 1, and they; 0 where the first is already data."""
    first = [[one_line(cell, limit=120) for cell in row] for row in islice(rows, LOOKED_AT)]
    number = _place_of_headers(first, width) if chosen is None else min(chosen, len(first))
    if not number:
        widest = max((len(row) for row in first), default=0)
        return 0, tuple(COLUMN.format(place) for place in range(1, widest + 1))
    return number, told_apart(first[number - 1])


def told_apart(headers: Iterable[str]) -> tuple[str, ...]:
    """The second column of a name gets a number; one without a name is called by its place."""
    seen: dict[str, int] = {}
    found = []
    for place, header in enumerate(headers, start=1):
        seen[header] = seen.get(header, 0) + 1
        again = f"{header} ({seen[header]})" if header and seen[header] > 1 else header
        found.append(again or COLUMN.format(place))
    return tuple(found)


def _place_of_headers(first: list[list[str]], width: int) -> int:
    """The first record with as many known names as any; else the first that is no title."""
    known = [0 if _is_data(row) else len([m for m in meanings(tuple(row)) if m]) for row in first]
    most = max(known, default=0)
    if most:
        return next(n for n, count in enumerate(known, start=1) if count > most / 2)
    for number, row in enumerate(first, start=1):
        filled = [cell for cell in row if cell]
        if filled and len(filled) >= width / 2 and not row[0].lower().startswith("sep="):
            return 0 if _is_data(row) or _looks_like_data(row) else number
    return 0


def _is_data(row: list[str]) -> bool:
    return any(map(addresses, row))


def _looks_like_data(row: list[str]) -> bool:
    """Numbers, dates and telephone numbers in at least half of it: no names of columns."""
    filled = [cell for cell in row if cell]
    told = [
        cell for cell in filled if re.fullmatch(r"[-\d.,:/ +()]+", cell) or Dating().instant(cell)
    ]
    return len(told) >= len(filled) / 2


def by_content(
    samples: list[list[str]], mapping: tuple[str, ...], *, headless: bool
) -> tuple[str, ...]:
    """The columns that no name explains, by what stands in them. Under a header only what cannot
    be mistaken counts."""
    fields = list(mapping)
    for place, field in enumerate(fields):
        if field:
            continue
        cells = [row[place].strip() for row in samples if place < len(row) and row[place].strip()]
        fields[place] = _content(cells, headless=headless) if cells else ""
    return _once(tuple(fields), _ids(samples, fields) if headless else {})


def with_moments(samples: list[list[str]], mapping: tuple[str, ...]) -> tuple[str, ...]:
    """A column that is called “Start time” may hold whole moments: then it names the day, too."""
    if "start" not in mapping or {"at", "enquired_at"} & set(mapping):
        return mapping
    place = mapping.index("start")
    cells = [row[place] for row in samples if place < len(row) and row[place].strip()]
    days = len([cell for cell in cells if Dating().instant(cell)])
    whole = bool(cells) and days > len(cells) / 2
    return tuple("at" if whole and n == place else field for n, field in enumerate(mapping))


def _content(cells: list[str], *, headless: bool) -> str:
    for field, holds in (_TELLING if headless else _PLAIN).items():
        if field == "phone" and any(Dating().instant(cell) for cell in cells[:20]):
            continue
        share = len([cell for cell in cells if holds(cell)]) / len(cells)
        if share > (0.5 if field == "email" else 0.8):
            return field
    return ""


def _is_phone(cell: str) -> bool:
    return bool(_PHONE.fullmatch(cell) and _PHONE_SIGNS.search(cell))


def _is_day(cell: str) -> bool:
    return Dating().instant(cell) is not None and not cell.startswith(("+", "("))


def _is_sum(cell: str) -> bool:
    return bool(_SUM.fullmatch(cell))


def _is_site(cell: str) -> bool:
    return cell.startswith(("http://", "https://", "www."))


def _is_address(cell: str) -> bool:
    return bool(addresses(cell))


def _is_direction(cell: str) -> bool:
    return bool(_DIRECTION.fullmatch(folded(cell)))


def _is_name(cell: str) -> bool:
    """Two or more words and no digit in them."""
    return " " in cell and not any(sign.isdigit() for sign in cell) and not _FORMULA.match(cell)


# What cannot be mistaken, and what tells something only where no header stands above.
_PLAIN: dict[str, Callable[[str], bool]] = {
    "email": _is_address, "phone": _is_phone, "direction": _is_direction,
}  # fmt: skip
_TELLING = _PLAIN | {"at": _is_day, "amount": _is_sum, "url": _is_site, "name": _is_name}


def _ids(samples: list[list[str]], fields: list[str]) -> Mapping[int, str]:
    """A list of days and sums without names: whoever is counted in its first column."""
    if not {"at", "amount"} <= set(fields) or {"email", "phone", "name"} & set(fields):
        return {}
    for place, field in enumerate(fields):
        cells = [row[place] for row in samples if place < len(row)]
        if not field and all(
            len(cell) < 24 and any(sign.isdigit() for sign in cell) for cell in cells
        ):
            return {place: "external"}
    return {}


def _once(fields: tuple[str, ...], more: Mapping[int, str]) -> tuple[str, ...]:
    """Of names, days and sums the first column counts."""
    taken: set[str] = set()
    found = []
    for place, field in enumerate(fields):
        field = more.get(place, field)  # noqa: PLW2901
        found.append("" if field in taken and field not in MANY else field)
        taken.add(field)
    return tuple(found)
