"""A word is given: by whom, to whom, by when; as facts, private ones sealed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.matter import PRIVATE
from followthrough.ledger import circle, queries
from followthrough.ledger.models import Member, Party
from followthrough.ledger.opening import party_for
from followthrough.ledger.record import record
from followthrough.ledger.sealing import CouldNotSeal, seal
from followthrough.web.party import forms
from followthrough.web.when import calendar_of, reading_of

THEY = "they"
DO = "do"  # what is promised to ourselves is done, not called or mailed
MOST_NAMED = 6
KINDS = {PRIVATE: PRIVATE, circle.TEAM: "team_commitment", circle.CUSTOMERS: "promise"}
LONGEST = {"text": 500, "to": 200}


@dataclass(kw_only=True)
class Giving:
    """What the form holds, valid or not; `errors` say what to do, `named` are whom it may mean."""

    text: str = ""
    when: str = ""
    circle: str = circle.CUSTOMERS
    to: str = ""
    by: str = ""
    party: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    named: list[Party] = field(default_factory=list)

    @classmethod
    def of(cls, data: QueryDict) -> "Giving":
        def said(name: str) -> str:
            return data.get(name, "").strip()

        where = said("circle")
        return cls(
            text=said("text"), when=said("when")[:500], to=said("to"), by=said("by"),
            party=said("party"), circle=where if where in circle.CIRCLES else circle.CUSTOMERS,
        )  # fmt: skip

    def keep(self, member: Member, source: str, now: datetime) -> tuple[Party, bool] | None:
        """To whom, and whether it was news. None, and `errors`, where something is missing."""
        self._check()
        due = self._due(member, now)
        party = self._to(member, now)
        giver = self._giver(member)
        if self.errors or party is None or due is None:
            return None
        happened, words = self._facts(party, giver, due, member, now), self.text
        try:
            sealed = seal(member, words, at=now) if self.circle == PRIVATE else words
        except CouldNotSeal as why:
            self.errors["all"] = str(why)
            return None
        told = [("", sealed if isinstance(fact, WORDED) else "") for fact in happened]
        return party, record(party, *happened, source=source, at=now, words=told)

    # --- what is missing ---------------------------------------------------------------

    def _check(self) -> None:
        for name, most in LONGEST.items():
            if len(getattr(self, name)) > most:
                self.errors[name] = _("That is longer than we can keep: %(most)s letters.") % {
                    "most": most
                }
        if not self.text:
            self.errors["text"] = _("Say what is promised, in a few words.")

    def _due(self, member: Member, now: datetime) -> datetime | None:
        reading = reading_of(self.when, member, now)
        if reading.due is None:
            empty = _("By when? A word without a day is no promise.")
            self.errors["when"] = empty if reading.kind == "empty" else str(reading.sentence)
        return reading.due

    def _giver(self, member: Member) -> Member | None:
        """None: they give it to us."""
        if self.circle == PRIVATE or not self.by:
            return member
        if self.by == THEY:
            return None
        team = Member.objects.filter(workspace=member.workspace_id, active=True)
        found = team.filter(pk=int(self.by)).first() if _is_id(self.by) else None
        if found is None:
            self.errors["by"] = _("Choose who gives the word.")
        return found or member

    # --- to whom -----------------------------------------------------------------------

    def _to(self, member: Member, now: datetime) -> Party | None:
        if self.circle == PRIVATE:
            return circle.private_party(member, at=now)
        if self.circle == circle.TEAM:
            return self._colleague(member, now)
        return self._customer(member)

    def _colleague(self, member: Member, now: datetime) -> Party | None:
        team = Member.objects.filter(workspace=member.workspace_id, active=True).order_by("name")
        asked = self.to.casefold()
        others = [one for one in team if one.pk != member.pk]
        found = [one for one in others if asked and one.name.casefold().startswith(asked)]
        exact = [one for one in found if one.name.casefold() == asked]
        if len(found) == 1 or len(exact) == 1:
            return circle.colleague_party((exact or found)[0], at=now)
        names = ", ".join(one.name for one in found or others)
        self.errors["to"] = (
            _("Which colleague? %(names)s") % {"names": names}
            if names
            else _("Nobody else is on your team yet. Invite somebody first.")
        )
        return None

    def _customer(self, member: Member) -> Party | None:
        if _is_id(self.party):
            return party_for(member, int(self.party))
        if not self.to:
            self.errors["to"] = _("To whom? A name is enough.")
            return None
        found = queries.people_like(member.workspace, self.to, limit=MOST_NAMED)
        exact = [one for one in found if one.name.casefold() == self.to.casefold()]
        if len(found) == 1 or len(exact) == 1:
            return (exact or found)[0]
        self.named = found
        self.errors["to"] = (
            _("There are several. Which one?")
            if found
            else _("Nobody here is called that. Add them first, with the plus.")
        )
        return None

    # --- the facts ------------------------------------------------------------------------

    def _facts(
        self, party: Party, giver: Member | None, due: datetime, member: Member, now: datetime
    ) -> list[Fact]:
        plain = self.circle == circle.CUSTOMERS and giver in (None, member)
        if plain:
            side = "theirs" if giver is None else "ours"
            data = {"text": self.text, "when": self.when, "side": side, "condition": ""}
            return forms.promise(party, data, member, now)
        kind = KINDS[self.circle]
        common: dict[str, Any] = {
            "at": now, "matter": f"{kind}-{now:%Y%m%d%H%M%S%f}", "by": str((giver or member).pk),
        }  # fmt: skip
        opened = facts.Opened(kind=kind, owner=str((giver or member).pk), **common)
        if giver is None:
            return [opened, facts.TheyPromised(due=due, how=DO, **common)]
        how = DO if self.circle != circle.CUSTOMERS else reading_of(self.when, member, now).how
        calendar = calendar_of(member)
        wall = calendar.local(due).strftime("%Y-%m-%d %H:%M")
        word = facts.WePromised(due=due, how=how or "", wall=wall, zone=calendar.zone, **common)
        return [opened, word]


WORDED = (facts.WePromised, facts.TheyPromised)


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) < 18
