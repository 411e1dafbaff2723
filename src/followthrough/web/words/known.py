"""What is known of somebody, as the fields of a template: strings in the template's language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from followthrough.core.facts import THEIRS
from followthrough.ledger import details, wants
from followthrough.ledger.books import family_of
from followthrough.ledger.models import FollowUp, Matter, Member, Party, Person, TemplateFile
from followthrough.ledger.models.followups import OUR_WORDS
from followthrough.ledger.promises import with_words
from followthrough.web import say
from followthrough.web.readable import readable
from followthrough.web.today.lately import Told, lately
from followthrough.web.when import calendar_of

LONGEST = 120
LONGEST_TOPIC = 60
SOON = 3  # working days
THEIR_WORD = "ask_after_their_promise"
Say = Callable[["About"], str]


@dataclass(kw_only=True)
class About:
    """Somebody as these words are for them. What was asked of the books is asked once."""

    party: Party
    member: Member
    now: datetime
    followup: FollowUp | None = None
    files: Sequence[TemplateFile] = ()
    recent: Sequence[Told] | None = None
    _promises: dict[bool, str] | None = field(default=None, repr=False)

    def happened(self) -> Sequence[Told]:
        if self.recent is None:
            self.recent = lately(self.party, self.member)
        return self.recent

    def matter(self) -> Matter | None:
        if self.followup is not None:
            return self.followup.matter
        rows = Matter.objects.filter(
            workspace=self.party.workspace_id, party__in=family_of(self.party), closed_at=None
        )
        return rows.order_by("-opened_at", "-pk").first()

    def promised(self, *, ours: bool) -> str:
        """The word of ours, or of theirs, that binds next."""
        if self._promises is None:
            rows = FollowUp.objects.filter(
                workspace=self.party.workspace_id, party__in=family_of(self.party),
                settled_at=None, rule__in=(*OUR_WORDS, THEIR_WORD),
            ).select_related("party", "matter")  # fmt: skip
            given = with_words(self.member, list(rows.order_by("-due", "-pk")))
            self._promises = {one.ours: one.words for one in given}
        return self._promises.get(ours, "")


def known(about: About, language: str, names: Iterable[str]) -> dict[str, str]:
    """These fields, in that language; what nobody knows is an empty string."""
    with translation.override(language):
        return {
            name: say.shortened(_FIELDS[name](about), LONGEST) for name in names if name in _FIELDS
        }


def _name(about: About) -> str:
    """A company is spoken to by the name of its person."""
    name = about.party.name
    if about.party.kind == "company":
        rows = Person.objects.filter(workspace=about.party.workspace_id, party=about.party)
        person = rows.exclude(name=name).order_by("pk").first()
        name = person.name if person else name
    return "" if "@" in name else name


def _first_name(about: About) -> str:
    name = _name(about)
    if about.party.kind == "company" and name == about.party.name:
        return ""  # a firm has none
    return say.first_name(name) if name else ""


def _company(about: About) -> str:
    return about.party.company or (about.party.name if about.party.kind == "company" else "")


def _topic(about: About) -> str:
    """A whole sentence for a title cannot be said inside another one."""
    matter = about.matter()
    title = matter.title if matter else ""
    if not title or len(title) > LONGEST_TOPIC or title == about.party.name:
        return ""
    return _("“{words}”").format(words=title)


def _price(about: About) -> str:
    matter = about.matter()
    return say.money(matter.value, about.member.workspace.currency) if matter else ""


def _their_words(about: About) -> str:
    for one in about.happened():
        if one.fact.turn == THEIRS and one.has_words:
            return readable(one.row.text.body)
    return ""


def _last_contact(about: About) -> str:
    at = about.party.last_contact_at
    return _day(at, about) if at else ""


def _since(about: About) -> str:
    at = about.party.last_contact_at
    return say.ago(at, about.now) if at else ""


def _in_common(about: About) -> str:
    rows = details.of_party(about.party)
    return next((one.text for one in rows if one.kind == details.COMMON_GROUND), "")


def _wants(about: About) -> str:
    return next((one.text for one in wants.of_party(about.party)), "")


def _day_to_propose(about: About) -> str:
    return _day(calendar_of(about.member).working_days_after(about.now, SOON), about)


def _day(at: datetime, about: About) -> str:
    local = at.astimezone(about.member.own_zone()).date()
    return say.dated(local, pgettext("date pattern of CLDR", "EEEE, d MMMM"))


_FIELDS: dict[str, Say] = {
    "name": _name,
    "first_name": _first_name,
    "company": _company,
    "topic": _topic,
    "price": _price,
    "their_words": _their_words,
    "their_promise": lambda about: about.promised(ours=False),
    "my_promise": lambda about: about.promised(ours=True),
    "last_contact": _last_contact,
    "since": _since,
    "in_common": _in_common,
    "wants": _wants,
    "day": _day_to_propose,
    "booking": lambda about: str(getattr(about.member, "booking", "")),
    "files": lambda about: ", ".join(one.name for one in about.files),
    "me": lambda about: about.member.name,
    "us": lambda about: about.member.workspace.name,
}
