"""One line said in one breath: "Ann Archer 020 7946 0301 wants a sign, call tue 10"."""

import re
from collections.abc import Callable

MAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+\.\w{2,}")
NUMBER = re.compile(r"\+?\(?\d[\d\s()./-]{4,}\d")
# What they want begins behind such a word, in each language that is spoken here.
WANTS = re.compile(
    r"\b(?:wants?|needs?|would like|asks? (?:for|about)|looking for|about"
    r"|will|möchte|braucht|sucht|fragt nach|wegen"
    r"|veut|voudrait|cherche|demande|besoin d[e’']"
    r"|quiere|quisiera|necesita|busca|pregunta por)\b\s*",
    re.IGNORECASE,
)
Understood = Callable[[str], tuple[bool, bool]]
SIGNS = " ,;:–—-."


def split(line: str, understood: Understood) -> dict[str, str]:
    """Name, reach, wants and when; {} where the line holds no more than a name.

    `understood` says of an end of the line whether it names a day, and whether nothing else: behind
    a comma the first is enough.
    """
    text = " ".join(line.split())
    reach = MAIL.search(text) or NUMBER.search(text)
    told, when = _ending(text, reach.end() if reach else 0, understood)
    wants = WANTS.search(told, reach.end() if reach else 1)
    if reach is None and wants is None and not when:
        return {}
    ends = [found.start() for found in (reach, wants) if found]
    name = told[: min(ends)] if ends else told
    rest = told[wants.end() :] if wants else told[reach.end() :] if reach else ""
    said = {"name": name, "reach": reach[0] if reach else "", "wants": rest, "when": when}
    return {field: value.strip(SIGNS) for field, value in said.items()}


def _ending(text: str, after: int, understood: Understood) -> tuple[str, str]:
    """The line without its last piece, and the piece that says when."""
    for comma in re.finditer(r"[,;.–—]\s+", text):
        end = text[comma.end() :]
        if comma.start() >= after and understood(end)[0]:
            return text[: comma.start()], end
    words = [found.start() for found in re.finditer(r"(?<=\s)\S", text) if found.start() >= after]
    for start in words[-6:]:
        if understood(text[start:]) == (True, True):
            return text[:start], text[start:]
    return text, ""
