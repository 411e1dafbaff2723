"""Two people laid side by side, line by line, and where they differ."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from followthrough.ledger.models import Likeness, Member, Party
from followthrough.ledger.queries import PersonPage, person_page
from followthrough.web import say
from followthrough.web.tongue import tell

Words = Callable[[PersonPage, Member, datetime], list[str]]
SURE = ((0.95, _("Very likely")), (0.8, _("Likely")), (0, _("Perhaps")))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that is known of either; `differs` where both say something, and not the same."""

    label: str
    left: list[str]
    right: list[str]
    differs: bool

    @property
    def sides(self) -> tuple[list[str], list[str]]:
        return self.left, self.right


def lines_of(one: Party, other: Party, member: Member, now: datetime) -> list[Line]:
    left, right = person_page(one), person_page(other)
    lines = [_line(str(label), left, right, words, member, now) for label, words in LABELS]
    return [line for line in lines if line.left or line.right]


def stays_first(one: Party, other: Party) -> Party:
    """Whose name is kept unless somebody says otherwise: who had more contact, else the older."""
    return min((one, other), key=lambda party: (-party.contacts, party.pk))


def how_likely(likeness: Likeness) -> str:
    return str(next(words for least, words in SURE if likeness.score >= least))


def because(likeness: Likeness) -> str:
    return ", ".join(tell(one) for one in likeness.because)


def _line(  # noqa: PLR0913, PLR0917 - one line needs both sides and who looks when
    label: str, left: PersonPage, right: PersonPage, words: Words, member: Member, now: datetime
) -> Line:
    here, there = words(left, member, now), words(right, member, now)
    differs = bool(here and there) and set(map(_plain, here)) != set(map(_plain, there))
    return Line(label=label, left=here, right=there, differs=differs)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _name(page: PersonPage, _member: Member, _now: datetime) -> list[str]:
    return [page.party.name]


def _company(page: PersonPage, _member: Member, _now: datetime) -> list[str]:
    return list(filter(None, [page.party.company]))


def _reached_by(kind: str) -> Words:
    def reached(page: PersonPage, _member: Member, _now: datetime) -> list[str]:
        by_form = {one.canonical: one.value for one in page.addresses if one.kind == kind}
        return list(by_form.values())

    return reached


def _last_contact(page: PersonPage, member: Member, now: datetime) -> list[str]:
    at = page.party.last_contact_at
    return [say.moment(at, now, member.own_zone())] if at else []


def _follow_ups(page: PersonPage, member: Member, now: datetime) -> list[str]:
    zone = member.own_zone()
    return [f"{tell(row.what)}, {say.in_words(row.due, now, zone)}" for row in page.followups]


def _notes(page: PersonPage, _member: Member, _now: datetime) -> list[str]:
    return list(filter(None, [say.shortened(page.party.about, 300)]))


def _owner(page: PersonPage, _member: Member, _now: datetime) -> list[str]:
    return [page.party.owner.name] if page.party.owner else []


def _since(page: PersonPage, member: Member, now: datetime) -> list[str]:
    return [say.day(page.party.created_at, now, member.own_zone())]


LABELS: tuple[tuple[Any, Words], ...] = (
    (_("Name"), _name),
    (_("Company"), _company),
    (_("Mail"), _reached_by("email")),
    (_("Number"), _reached_by("phone")),
    (_("Last contact"), _last_contact),
    (_("Follow-ups"), _follow_ups),
    (_("Good to know"), _notes),
    (_("Looked after by"), _owner),
    (_("Known since"), _since),
)
