"""The page on which a mail is written, and what is on its way."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from followthrough.channels.email.writing import mail_addresses, mailboxes_of, sender_for
from followthrough.core.facts import THEIRS, Asked
from followthrough.inlets.language.polite import remarks_on
from followthrough.ledger import unsent
from followthrough.ledger.models import Mailbox, Member, Party
from followthrough.web import say
from followthrough.web.followup.sheet import choices
from followthrough.web.paths import path_to
from followthrough.web.today.lately import Told, lately
from followthrough.web.today.panel import last_words
from followthrough.web.when import reading_of, shown
from followthrough.web.writing.form import Writing
from followthrough.web.writing.going import going_for
from followthrough.web.writing.occasion import Occasion

Context = dict[str, Any]


def page_of(occasion: Occasion, form: Writing, now: datetime, *, token: str) -> Context:
    member, party = occasion.member, occasion.party
    draft = unsent.of(member, party, occasion.row)
    reading = reading_of(form.when, member, now)
    boxes = list(mailboxes_of(member))
    return {
        "here": "today" if occasion.followup else "people",
        "party": party,
        "form": form,
        "token": token,
        "occasion": occasion,
        "answers": occasion.head is not None,
        "talk": last_words(_said_by_them(party, member), party.name, member, now)[:1],
        "boxes": _boxes(boxes, form),
        "signature": _signature(boxes, form),
        "addresses": [one.value for one in mail_addresses(party) if not one.dead_by],
        "dead": [one.value for one in mail_addresses(party) if one.dead_by],
        "files": _files(draft),
        "saved": say.in_words(draft.saved_at, now, member.own_zone()) if draft else "",
        "going": going_for(occasion.followup, member, now),
        "reading": shown(reading, party.name, member),
        "when_url": f"{reverse('when')}?who={party.pk}",
        "suggestions": choices()["suggestions"],
        "remarks": remarks_on(f"{form.subject}\n{form.text}"),
        "words_url": _words_url(occasion),
    }


def _said_by_them(party: Party, member: Member) -> list[Told]:
    """Else what was said at all: what a machine of ours answered does not say what they want."""
    recent = lately(party, member)
    theirs = [one for one in recent if one.fact.turn == THEIRS or isinstance(one.fact, Asked)]
    return [one for one in theirs if one.has_words] or recent


def _words_url(occasion: Occasion) -> str:
    """Beside what was done meanwhile there is nothing to propose."""
    if occasion.followup:
        return path_to("followup_words", occasion.followup.pk)
    return "" if occasion.about else path_to("person_words", occasion.party.pk)


def chosen_from(occasion: Occasion) -> dict[str, str]:
    """To whom and from where, until somebody chooses otherwise."""
    box = sender_for(occasion.party, occasion.member)
    living = [one for one in mail_addresses(occasion.party) if not one.dead_by]
    theirs = [one.value for one in living]
    wrote_from = occasion.head.address if occasion.head else ""
    first = next((one for one in theirs if one.lower() == wrote_from.lower()), "")
    return {"to": first or next(iter(theirs), ""), "mailbox": str(box.pk) if box else ""}


def _boxes(boxes: list[Mailbox], form: Writing) -> list[Context]:
    return [
        {"value": one.pk, "label": one.address, "on": str(one.pk) == form.mailbox} for one in boxes
    ]


def _signature(boxes: list[Mailbox], form: Writing) -> str:
    return next((one.signature for one in boxes if str(one.pk) == form.mailbox), "")


def _files(draft: Any) -> list[Context]:
    return [{"pk": one.pk, "name": one.name, "size": size_of(one.size)}
            for one in unsent.files_of(draft)]  # fmt: skip


def size_of(size: int) -> str:
    if size < 1 << 20:
        return _("{n} KB").format(n=say.number(-(-size >> 10)))
    return _("{n} MB").format(n=say.number(size >> 20))
