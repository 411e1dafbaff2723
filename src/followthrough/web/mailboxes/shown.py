"""How a mailbox does, in sentences: when it was read, what is wrong, and the sum that adds up."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from followthrough.ledger.keeping import stop_of
from followthrough.ledger.models import Folder, Mailbox, MailSum, Member, Reading, StoredMail
from followthrough.ledger.models.mailboxes import BY_KEY, PAUSED, REFUSED
from followthrough.ledger.models.reading import ASIDE, COPY, READ, SENT, UNREADABLE, WAITING
from followthrough.web import say
from followthrough.web.tongue import tell

MOST_REASONS, MOST_UNREAD, DAYS = 8, 20, 7
Context = dict[str, Any]
LEADS = {REFUSED: gettext_lazy("No access"), PAUSED: gettext_lazy("It sends nothing")}


def lines_of(boxes: Iterable[Mailbox], member: Member, now: datetime) -> list[Context]:
    return [line_of(box, member, now) for box in boxes]


def line_of(box: Mailbox, member: Member, now: datetime) -> Context:
    whose = box.member.name if box.member_id != member.pk else ""
    if box.shared:
        whose = _("shared, {who} looks after it").format(who=box.member.name)
    return {"box": box, "whose": whose, **_how_it_is(box, now)}


def _how_it_is(box: Mailbox, now: datetime) -> Context:
    if box.problem:
        since = box.problem_since or now
        lead = LEADS.get(box.state, gettext_lazy("Not reachable"))
        return {
            "icon": "circle-alert", "tone": "ember" if box.state in LEADS else "honey",
            "said": _("{what}: first noticed {ago}").format(what=lead, ago=say.back(since, now)),
            "note": tell(box.problem),
        }  # fmt: skip
    if box.sign_in == BY_KEY:
        said = _("It only sends")
        if box.sent_at:
            said = _("It only sends, the last time {ago}").format(ago=say.back(box.sent_at, now))
        return {"icon": "circle-check", "said": said, "note": ""}
    if box.read_at is None:
        return {"icon": "clock", "said": _("About to be read for the first time"), "note": ""}
    said = _("Read {ago}").format(ago=say.back(box.read_at, now))
    return {"icon": "circle-check", "said": said, "note": ""}


def page_of(box: Mailbox, member: Member, now: datetime) -> Context:
    ours = {"workspace": box.workspace_id, "mailbox": box.pk}
    mails = StoredMail.objects.filter(**ours)
    counts = dict(mails.values_list("state").annotate(Count("pk")).order_by())
    there = Folder.objects.filter(**ours).aggregate(on=Sum("on_server"), missing=Sum("missing"))
    reading = Reading.objects.filter(**ours).first()
    return {
        **line_of(box, member, now),
        "refused": box.state == REFUSED,
        "paused": stop_of(box) is not None,
        "only_sends": box.sign_in == BY_KEY,
        "copies": _copies(box, reading),
        "sums": _sums(counts, there["on"], there["missing"]),
        "reasons": _reasons(mails),
        "unread": _unread(box, member, now),
        "catching_up": bool(
            box.sign_in != BY_KEY and reading and not reading.caught_up_at and not box.problem
        ),
        "intake": reading.intake_id if reading else None,
        "days": _days(ours),
        "folders": Folder.objects.filter(**ours).order_by("pk"),
    }


def _copies(box: Mailbox, reading: Reading | None) -> Context | None:
    """Whether what leaves from here lies among its sent mail, as far as that is known."""
    if box.keeps_copies:
        said = _("Its server files what we send among the sent mail")
        return {"icon": "circle-check", "tone": "", "text": said, "note": ""}
    if box.sign_in == BY_KEY or reading is None or reading.caught_up_at is None:
        return None
    if not Folder.objects.filter(workspace=box.workspace_id, mailbox=box, role=SENT).exists():
        lost = _("Its server shows no folder for sent mail, so no copy of what we send lies there.")
        more = _("Make a folder called Sent in your mail program, and it is used from then on.")
        return {"icon": "circle-alert", "tone": "honey", "text": lost, "note": more}
    if reading.filing_problem:
        lost = _("The last copy for its sent mail could not be filed. It is tried again.")
        return {"icon": "circle-alert", "tone": "honey", "text": lost,
                "note": tell(reading.filing_problem)}  # fmt: skip
    if box.keeps_copies is None:
        return None
    said = _("A copy of what we send is filed among the sent mail")
    return {"icon": "circle-check", "tone": "", "text": said, "note": ""}


def _sums(counts: dict[str, int], there: int | None, missing: int | None) -> list[Context]:
    """Everything that was stored has one place; together they are all of it."""
    stored = sum(counts.values())
    if not stored:
        return []
    lines = [_there(there, missing)] if there is not None else []
    lines.append(_fine(ngettext("{n} mail stored", "{n} mails stored", stored), stored))
    parts = (
        (READ, "users", _("{n} from or to people")),
        (ASIDE, "list", _("{n} left aside")),
        (
            COPY,
            "copy",
            ngettext("{n} copy of another", "{n} copies of others", counts.get(COPY, 0)),
        ),
        (WAITING, "clock", _("{n} about to be read")),
        (UNREADABLE, "circle-alert", _("{n} could not be read")),
    )
    for state, icon, said in parts:
        if found := counts.get(state, 0):
            tone = "honey" if state == UNREADABLE else ""
            lines.append({**_fine(said, found), "icon": icon, "tone": tone, "part": True})
    return lines


def _there(there: int, missing: int | None) -> Context:
    said = ngettext("{n} mail on the server", "{n} mails on the server", there)
    if missing:
        lost = ngettext("{n} of them is not here yet", "{n} of them are not here yet", missing)
        return {**_fine(said, there), "icon": "circle-alert", "tone": "honey",
                "note": lost.format(n=say.number(missing))}  # fmt: skip
    return {**_fine(said, there), "note": _("All of them are here.")}


def _fine(said: str, n: int) -> Context:
    return {"icon": "circle-check", "text": said.format(n=say.number(n))}


def _reasons(mails: Any) -> list[Context]:
    """Why mail was left aside, the most frequent first."""
    rows = mails.filter(state=ASIDE).values_list("reason").annotate(n=Count("pk"))
    found = rows.order_by("-n", "reason")[:MOST_REASONS]
    return [{"why": tell(why), "n": say.number(n)} for why, n in found]


def _unread(box: Mailbox, member: Member, now: datetime) -> list[Context]:
    """What was kept may be opened by whose mail it is."""
    rows = StoredMail.objects.filter(workspace=box.workspace_id, mailbox=box, state=UNREADABLE)
    theirs = box.shared or box.member_id == member.pk
    gone = ExpressionWrapper(Q(raw__isnull=True), output_field=BooleanField())
    found = (
        rows.annotate(gone=gone).order_by("-pk").values_list("pk", "reason", "stored_at", "gone")
    )
    return [
        {
            "pk": pk if theirs and not gone else None, "why": tell(reason),
            "when": say.moment(at, now, member.own_zone()),
        }
        for pk, reason, at, gone in found[:MOST_UNREAD]
    ]  # fmt: skip


def _days(ours: dict[str, int]) -> list[Context]:
    """The sum of each of the last days: it must add up on every one."""
    pattern = pgettext("date pattern of CLDR", "EEE d MMM")
    said = _("{stored} stored: {read} of people, {aside} aside, {rest} otherwise")
    return [
        {
            "day": one.day, "whole": not one.missing, "when": say.dated(one.day, pattern),
            "text": said.format(
                stored=say.number(one.stored), read=say.number(one.read),
                aside=say.number(one.aside),
                rest=say.number(one.copies + one.waiting + one.unreadable),
            ),
        }
        for one in MailSum.objects.filter(**ours).order_by("-day")[:DAYS]
    ]  # fmt: skip
