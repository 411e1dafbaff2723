"""How mail programs say that what follows was written by somebody else, in many languages."""

import re

from followthrough.inlets.language.phrases import pattern, words

ORIGINAL, DEVICE, DIVIDER = (pattern("openers", name) for name in ("original", "device", "divider"))
DEVICE_BEGINS = words("openers", "device begins")

_VERBS = words("openers", "verbs")
_VERB_LAST, _ENDS = pattern("openers", "verb last"), pattern("openers", "ends")
_OWN = pattern("openers", "ends", "no")
_BEGINS, _MOMENT = pattern("openers", "begins"), pattern("openers", "moment")
_BARE_DATE, _FIELD = pattern("openers", "bare date"), pattern("openers", "field")
_FIELDS = {
    name: kind
    for kind in ("who", "when", "whom", "what", "more")
    for name in words("openers", kind)
}
_MARKS = ":：-*_"


def may_announce(row: str) -> bool:
    """A cheap look first, for it is put to every line, bare of white space around it."""
    if row[-1] in _MARKS or row[:4].isdigit():
        return True
    last = row[-16:].rpartition(" ")[2]
    return last.lower() in _VERBS or (last.endswith(")") and bool(_VERB_LAST.search(last)))


def announces(lines: list[str], last: int) -> int:
    """How many lines, of which this is the last, say that somebody wrote what follows; or 0."""
    bare = lines[last].strip()
    if _BARE_DATE.match(bare):
        return 1
    longest, joined = 0, ""
    for count in range(1, 4):
        above = lines[last - count + 1].strip() if count <= last + 1 else ""
        if not above:
            break
        joined = f"{above} {joined}".rstrip()
        if _ENDS.search(joined) and _MOMENT.search(joined) and not _OWN.search(joined):
            if _BEGINS.match(joined):
                return count
            longest = longest or count * _stands_alone(above)
    return longest


def _stands_alone(line: str) -> bool:
    """Ann <ann@x.test> wrote; Monday, 6 October 2014, Ann wrote."""
    return len(line) < 200 and bool(re.search(r"@|\b\d{4}\b", line))


def field_of(line: str) -> str:
    """Which line of a mail's head this could be, such as "who" for "Von: Ann"; or nothing."""
    if ":" not in line[:24] and "：" not in line[:24]:
        return ""
    found = _FIELD.match(line)
    return _FIELDS.get(found[1].casefold(), "") if found else ""
