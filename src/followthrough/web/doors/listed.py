"""What is connected in lines; and of one: its address, what to paste, and what came in."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.inlets.reading import CouldNotReadJson, payload_of, text
from followthrough.ledger import at_once
from followthrough.ledger.models import Connection, Member, Receipt
from followthrough.ledger.models.doors import FORM, HELD, OTHER
from followthrough.web import say
from followthrough.web.doors.asking import LURE, VisitorForm
from followthrough.web.doors.kinds import KINDS, OUTCOMES
from followthrough.web.gate import MemberRequest
from followthrough.web.tongue import tell

SHOWN, HELD_SHOWN = 50, 200
Context = dict[str, Any]


def listed(member: Member, now: datetime) -> list[Context]:
    rows = Connection.objects.filter(workspace=member.workspace_id, removed_at=None)
    return [_line(one, member, now) for one in rows.order_by("title", "pk")]


def _line(one: Connection, member: Member, now: datetime) -> Context:
    theirs = Receipt.objects.filter(workspace=one.workspace_id, connection=one)
    newest = theirs.order_by("-at", "-pk").first()
    said = _("Nothing has come in yet")
    if newest:
        said = _("Last: {when}").format(when=say.in_words(newest.at, now, member.own_zone()))
    held = theirs.filter(outcome=HELD).count()
    return {
        "connection": one, "kind": KINDS[one.kind], "said": said,
        "held": ngettext("{n} to look at", "{n} to look at", held).format(n=say.number(held))
        if held else "",
    }  # fmt: skip


def page_of(one: Connection, request: MemberRequest, now: datetime) -> Context:
    zone = request.member.own_zone()
    rows = Receipt.objects.filter(workspace=one.workspace_id, connection=one)
    rows = rows.select_related("party").order_by("-at", "-pk")
    # Who waits for a yes stands first, however much came after them.
    shown_rows = [*rows.filter(outcome=HELD)[:HELD_SHOWN], *rows.exclude(outcome=HELD)[:SHOWN]]
    address = address_of(one, request)
    shown: Context = {
        "connection": one, "address": address, "refused": _refused(one, now, request.member),
        "answers": _answers(one),
        "receipts": [_receipt(row, now, zone) for row in shown_rows],
    }  # fmt: skip
    return shown | (_to_paste(one, address) if one.kind == FORM else {})


def _answers(one: Connection) -> str:
    """Whether it answers by itself; "" for what takes no enquiries."""
    if one.kind not in (FORM, OTHER):
        return ""
    if at_once.is_on(one):
        return _("Who writes here reads at once that it has arrived.")
    return _("Nobody is answered at once here.")


def address_of(one: Connection, request: HttpRequest) -> str:
    name = "form_page" if one.kind == FORM else "delivery"
    return request.build_absolute_uri(reverse(name, args=[one.key]))


def _receipt(row: Receipt, now: datetime, zone: Any) -> Context:
    icon, word, tone = OUTCOMES.get(row.outcome, ("circle", row.outcome, ""))
    return {
        "pk": row.pk, "icon": icon, "word": word, "tone": tone, "at": row.at,
        "when": say.moment(row.at, now, zone), "topic": "" if row.topic == FORM else row.topic,
        "problem": tell(row.problem), "held": row.outcome == HELD,
        "words": _words(row) if row.outcome == HELD else "",
        "party": None if row.party is None or row.party.forgotten else row.party,
    }  # fmt: skip


def _words(row: Receipt) -> str:
    """Who wrote, and how it begins: enough to tell a person from a machine."""
    try:
        told = payload_of(bytes(row.raw or b""))
    except CouldNotReadJson:
        return ""
    said = (text(told, "name"), text(told, "email"), text(told, "message", most=300))
    return say.shortened(" · ".join(filter(None, said)), 240)


def _refused(one: Connection, now: datetime, member: Member) -> str:
    if not one.refused or not one.refused_at:
        return ""
    said = ngettext(
        "{n} delivery was signed wrongly and refused, the last {when}.",
        "{n} deliveries were signed wrongly and refused, the last {when}.", one.refused,
    )  # fmt: skip
    when = say.in_words(one.refused_at, now, member.own_zone())
    return said.format(n=say.number(one.refused), when=when)


def _to_paste(one: Connection, address: str) -> Context:
    context = {
        "connection": one, "address": address, "form": VisitorForm(connection=one), "lure": LURE,
    }  # fmt: skip
    return {
        "snippet": render_to_string("doors/snippet.html", context).strip(),
        "frame": render_to_string("doors/frame.html", context).strip(),
    }
