"""Where a team wants to know whether its mail is read: its links lead over us, and a picture tells.

Off by default. Soft evidence at best: programs fetch pictures, and people read without them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from html import escape, unescape
from urllib.parse import urlsplit

from django.conf import settings

from followthrough.channels.email.letter import Letter
from followthrough.ledger.links import new_token
from followthrough.ledger.models import Link, Party
from followthrough.ledger.models.offers import OPENING, TARGET

MOST = 40  # links of one mail; those beyond stay as they are
LONGEST = 2000
IN_TEXT = re.compile(r"https?://[^\s<>\"]+")
ENDS = ".,;:!?)]}'"  # what stands behind an address rather than in it
USUAL = (None, 80, 443)
IN_HTML = re.compile(r'(?<=\shref=")https?://[^"]+(?=")')


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """To whom a mail goes, about what, and the key under which it is queued."""

    party: Party
    key: str
    matter: str = ""


def tracked(letter: Letter, sheet: Sheet, *, at: datetime) -> Letter:
    """The same letter, as it stands, where the team does not want to know, or where nobody outside
    could open an address of ours."""
    site = settings.SITE.geturl().rstrip("/")
    if not sheet.party.workspace.tracks or not site:
        return letter
    places = _Places(sheet, site, at)
    text = IN_TEXT.sub(lambda found: _in_a_sentence(found[0], places.over_us), letter.text)
    html = IN_HTML.sub(lambda found: escape(places.over_us(unescape(found[0]))), letter.html)
    if html:
        html = _with_picture(html, places.opening())
    Link.objects.bulk_create(places.made)
    return replace(letter, text=text, html=html)


def _in_a_sentence(found: str, over_us: Callable[[str], str]) -> str:
    """A bracket belongs to an address in which it was opened."""
    if len(found) > LONGEST:
        return found
    end = len(found)
    while found[end - 1] in ENDS:
        if found[end - 1] == ")" and found.count("(", 0, end) >= found.count(")", 0, end):
            break
        end -= 1
    address = found[:end]
    return over_us(address) + found[end:] if address.partition("://")[2] else found


def _is_ours(target: str, site: str) -> bool:
    """However it is written: hosts have no capitals, and the usual ports need not be said."""
    try:
        it, own = urlsplit(target), urlsplit(site)
        same = it.port == own.port or (it.port in USUAL and own.port in USUAL)
    except ValueError:
        return False
    return it.hostname == own.hostname and same and f"{it.path}/".startswith(f"{own.path}/")


class _Places:
    """An address of ours for each address in a mail."""

    def __init__(self, sheet: Sheet, site: str, at: datetime) -> None:
        self.sheet, self.site, self.at = sheet, site, at
        self.made: list[Link] = []
        self.over_us: Callable[[str], str] = cache(self._over_us)

    def _over_us(self, target: str) -> str:
        if _is_ours(target, self.site) or len(target) > LONGEST or len(self.made) >= MOST:
            return target
        return f"{self.site}/r/{self._link(TARGET, target)}/"

    def opening(self) -> str:
        return f"{self.site}/p/{self._link(OPENING, '')}.gif"

    def _link(self, purpose: str, target: str) -> str:
        sheet = self.sheet
        self.made.append(
            Link(
                workspace_id=sheet.party.workspace_id, party=sheet.party, purpose=purpose,
                token=new_token(), target=target, message=sheet.key, matter=sheet.matter,
                made_at=self.at,
            )
        )  # fmt: skip
        return self.made[-1].token


def _with_picture(html: str, address: str) -> str:
    picture = f'<img src="{escape(address)}" width="1" height="1" alt="">'
    before, end, after = html.rpartition("</body>")
    return f"{before}{picture}{end}{after}" if end else f"{html}{picture}"
