"""A call becomes facts: who it was, what they asked, whose they are, and what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import queries, wants
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Member, Party
from followthrough.ledger.names import fact_name
from followthrough.ledger.opening import party_for
from followthrough.ledger.parties import Known, add_addresses, find_or_add
from followthrough.ledger.place import id_in
from followthrough.ledger.record import record
from followthrough.web import say
from followthrough.web.when import calendar_of, fixed, reading_of

TITLE = 48  # letters: it heads lines and stands in sentences
A_MOMENT = timedelta(microseconds=1)
NEW = "new"
Values = dict[str, str]
Told = list[tuple[Fact, tuple[str, str]]]  # each fact with its title and words


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a call belongs: the talk that is open or a new matter, and who looks after it."""

    matter: str
    is_new: bool
    owner: str
    handed_to: str = ""


def known(values: Values) -> Known:
    reach = values["reach"]
    if "@" in reach:
        try:
            validate_email(reach)
        except ValidationError:
            return Known(name=values["name"])
        return Known(name=values["name"], emails=(reach,))
    digits = sum(letter.isdigit() for letter in reach)
    return Known(name=values["name"], phones=(reach,) if digits > 3 else ())


def picked(values: Values, member: Member) -> Member | None:
    """Who was chosen to look after them; None where nobody was."""
    team = Member.objects.filter(workspace=member.workspace_id, active=True)
    return team.filter(pk=id_in(values["owner"])).first()


def keep(values: Values, member: Member, source: str, now: datetime) -> tuple[Party, bool]:
    """Whom it was about, and whether it was news."""
    try:
        return _keep(values, member, source, now)
    except IntegrityError:  # a colleague wrote the same number down at the same moment
        return _keep(values, member, source, now)


def _keep(values: Values, member: Member, source: str, now: datetime) -> tuple[Party, bool]:
    """Pressed twice, it is kept once, also where a name alone tells nobody apart."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        if heard := queries.heard_from(member.workspace, source):
            return heard, False
        owner = picked(values, member)
        party = _party(values, member, owner or member, now)
        told = _told(values, _place(party, owner, member, now), member, now)
        happened, words = [fact for fact, _ in told], [said for _, said in told]
        record(party, *happened, source=source, at=now, words=words)
        fact = fact_name(source, facts.TheyEnquired.__name__)
        wants.add(wants.Wanted(party=party, text=values["wants"], said_at=now, fact=fact))
    return party, True


def _party(values: Values, member: Member, owner: Member, now: datetime) -> Party:
    """Whom they said it was, with the number that is news; else who has this number, or is new."""
    if id_in(values["party"]):
        party = party_for(member, id_in(values["party"]))
        add_addresses(party, known(values), at=now)
        return party
    if values["party"] != NEW:
        return find_or_add(member.workspace, known(values), owner=owner, at=now)
    party = find_or_add(member.workspace, Known(name=values["name"]), owner=owner, at=now)
    add_addresses(party, known(values), at=now)  # a number may be shared
    return party


def _place(party: Party, owner: Member | None, member: Member, now: datetime) -> Place:
    """Who is known keeps who looks after them, unless somebody else was chosen."""
    history = history_of(party)
    talk, to = history.open_talk, str(owner.pk) if owner else ""
    theirs = history.owner or str(party.owner_id or "")
    if talk is None:
        new = f"enquiry-{now:%Y%m%d%H%M%S%f}"
        return Place(matter=new, is_new=True, owner=to or theirs or str(member.pk))
    stands = talk.owner or theirs
    return Place(matter=talk.name, is_new=False, owner=stands, handed_to=to if to != stands else "")


def _told(values: Values, place: Place, member: Member, now: datetime) -> Told:
    """They enquired; each line that asks is owed an answer; and the step that comes next. Whoever
    takes the call for themselves has spoken with them, and the step they agreed on stands."""
    common: dict[str, Any] = {"at": now, "matter": place.matter, "by": str(member.pk)}
    said = common | {"at": now - 2 * A_MOMENT}
    wants = values["wants"]
    title = say.shortened(wants.split("\n")[0], TITLE)
    questions = [line.strip() for line in wants.split("\n") if line.strip().endswith("?")]
    told: Told = [
        (facts.TheyEnquired(channel="phone", **said), (title, wants)),
        *((facts.Asked(**said), (say.shortened(one, 80), one)) for one in questions),
        *_spoke(place, member, common | {"at": now - A_MOMENT}),
        (_step(values, member, common), ("", "")),
    ]
    if place.is_new:
        opened = facts.Opened(kind="enquiry", owner=place.owner, **said)
        return [(opened, (title, "")), *told]
    if place.handed_to:
        told.append((facts.HandedOver(to=place.handed_to, **common), ("", "")))
    return told


def _spoke(place: Place, member: Member, common: dict[str, Any]) -> Told:
    """A colleague who looks after them has not: to them it is a word that waits."""
    if place.owner != str(member.pk) or place.handed_to:
        return []
    return [(facts.WeCalled(outcome="spoke", ball="us", **common), ("", ""))]


def _step(values: Values, member: Member, common: dict[str, Any]) -> Fact:
    reading = reading_of(values["when"], member, common["at"])
    due = fixed(reading.due or common["at"], calendar_of(member))
    return facts.Planned(how=reading.how or "call", **due, **common)
