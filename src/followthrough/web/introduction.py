"""What somebody says first who keeps another’s word."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from followthrough.ledger.models import FollowUp, Member
from followthrough.web import say


def introduced(duty: FollowUp, them: Member, me: Member, last: date) -> str:
    """What whoever stands in says first."""
    words = _(
        "Hello {name}, this is {me}. {owner} is away until {day} and asked me to call you, as "
        "promised, about {topic}."
    )
    title = say.shortened(duty.matter.title, 40)
    topic = _("“{words}”").format(words=title) if title else _("what we talked about")
    return words.format(
        name=say.first_name(duty.party.name), me=me.name, owner=them.name, day=day_of(last),
        topic=topic,
    )  # fmt: skip


def day_of(day: date) -> str:
    return say.dated(day, pgettext("date pattern of CLDR", "EEEE d MMM"))
