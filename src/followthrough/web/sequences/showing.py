"""What the pages of the sequences say: who runs in them, what they earned, and the days ahead."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.core.plans import A, B, Plan
from followthrough.ledger import sequence_people
from followthrough.ledger.finding import find
from followthrough.ledger.models import Matter, Member, Party, Sequence
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.outbox import switches
from followthrough.ledger.plan_preview import Ahead, Look, preview
from followthrough.ledger.ready_made import READY
from followthrough.ledger.sequence_people import Earned, Wording
from followthrough.ledger.sequences import newest
from followthrough.ledger.terms import terms_of
from followthrough.reports.shares import Share
from followthrough.web import say
from followthrough.web.sequences.editing import BEGINS, Form, ways_on
from followthrough.web.tongue import tell

Context = dict[str, Any]
ENOUGH = 5  # so many are over before their answers say anything
NAMED = 8  # of those who run in it
DRAFT = "draft"


def line_of(sequence: Sequence, plan: Plan, earned: Earned) -> Context:
    return {
        "pk": sequence.pk,
        "name": tell(plan.name),
        "told": " · ".join(filter(None, [how_long(plan), *_earned(earned)])),
        "begins": BEGINS[sequence.begins] if sequence.begins else "",
        "gone": sequence.retired_at is not None,
        "rests": sequence.paused_at is not None,
    }


def how_long(plan: Plan) -> str:
    n = len(plan.steps)
    return ngettext("{n} step", "{n} steps", n).format(n=say.number(n))


def _earned(earned: Earned) -> list[str]:
    running = ngettext("{n} person in it", "{n} people in it", earned.running)
    said = [running.format(n=say.number(earned.running)) if earned.running else _("nobody in it")]
    if earned.over >= ENOUGH:
        answered = _("{n} of {of} answered")
        said.append(answered.format(n=say.number(earned.answered), of=say.number(earned.over)))
    elif earned.over:
        said.append(_("too few to say what it earns"))
    return said


def wordings_of(sequence: Sequence) -> dict[int, str]:
    """What each of two wordings earned, by the number of its step; and whether that says anything:
    only where their ranges do not touch."""
    found = sequence_people.wordings(newest(sequence))
    steps = sorted({place for place, _version in found})
    return {
        place + 1: _two(*(_share(found.get((place, version))) for version in (A, B)))
        for place in steps
    }  # fmt: skip


def _share(one: Wording | None) -> Share:
    return Share(done=one.answered, of=one.sent) if one else Share(done=0, of=0)


def _two(first: Share, other: Share) -> str:
    told = _("The first words: {first}. The others: {other}.").format(
        first=_answered(first), other=_answered(other)
    )
    verdict = _("Too few to say which is better.")
    if not (first.too_few or other.too_few or _touch(first, other)):
        first_is = first.value > other.value
        verdict = _("The first are better.") if first_is else _("The others are better.")
    return f"{told} {verdict}"


def _answered(share: Share) -> str:
    low, high = share.range
    said = (
        _("{n} of {of} answered")
        if share.too_few
        else _("{n} of {of} answered ({low} to {high} %)")
    )
    return said.format(
        n=say.number(share.done), of=say.number(share.of), low=low, high=high
    )  # fmt: skip


def _touch(one: Share, other: Share) -> bool:
    (low, high), (from_, to) = one.range, other.range
    return low <= to and from_ <= high


def lede_of(sequence: Sequence, earned: Earned) -> str:
    about = READY[sequence.ready].about if sequence.ready in READY else ""
    said = ", ".join(_earned(earned))
    return " ".join(filter(None, [tell(about), f"{said[:1].upper()}{said[1:]}."]))


def ready_lines(taken: set[str]) -> list[Context]:
    return [
        {"key": one.key, "name": tell(one.name), "about": tell(one.about), "n": len(one.steps)}
        for one in READY.values()
        if one.key not in taken
    ]


# --- who is affected -----------------------------------------------------------------------


def affected(sequence: Sequence | None, named: list[Matter]) -> Context:
    """Whom a change would concern, and at which step they are."""
    at = sequence_people.at_each_step(sequence) if sequence else {}
    return {
        "affected": sum(at.values()),
        "by_step": [
            _("{n} before step {step}").format(n=say.number(n), step=step + 1)
            for step, n in sorted(at.items())
        ],
        "named": [{"pk": one.party_id, "name": one.party.name} for one in named],
    }


# --- thirty days ---------------------------------------------------------------------------


def looked_ahead(form: Form, matters: list[Matter], member: Member, now: datetime) -> Context:
    """For whoever was named; else for somebody who is in it, or was last in touch with us."""
    party = _whom(form.who, matters, member)
    if party is None:
        nobody = _("Nobody is called that. Try the beginning of a name.") if form.who else ""
        return {"who": form.who, "nobody": nobody, "ahead": []}
    plan = Plan(
        key=DRAFT, sequence=DRAFT, name=form.name, steps=form.draft.steps, talk_ends=form.talk_ends
    )
    look = preview(party, plan, at=now) if not form.problem else Look(days=[])
    return {
        "who": form.who or party.name,
        "for_whom": {"pk": party.pk, "name": party.name},
        "first_name": say.first_name(party.name) if form.who else "",
        "ahead": [_day(one, form, member) for one in look.days],
        "stopped": "*" in party.refuses,
        "waits": why_waits(look.waits) if look.waits else "",
        **_weeks(look.days, member, now),
    }


def _whom(name: str, matters: list[Matter], member: Member) -> Party | None:
    if name:
        hits = [hit.party for hit in find(member, name, 1)]
        return hits[0] if hits else None
    if matters:
        return Party.objects.select_related("workspace").get(pk=matters[0].party_id)
    rows = Party.objects.filter(workspace=member.workspace, merged_into=None, forgotten=False)
    return (
        rows.exclude(kind__in=UNLISTED).exclude(last_contact_at=None)
        .select_related("workspace").order_by("-last_contact_at", "pk").first()
    )  # fmt: skip


def _weeks(days: list[Ahead], member: Member, now: datetime) -> Context:
    """The same as a calendar, from this week on, Monday first."""
    zone, calendar = member.own_zone(), terms_of(member.workspace).team
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    by_day = {one.at.astimezone(zone).date(): one for one in days}
    last = max([*by_day, today])
    weeks = []
    while monday <= last:
        week = [monday + timedelta(days=n) for n in range(7)]
        weeks.append([_cell(day, by_day.get(day), off=not calendar.works_on(day)) for day in week])
        monday += timedelta(days=7)
    first = today - timedelta(days=today.weekday())
    names = [say.dated(first + timedelta(days=n), "EEEEE") for n in range(7)]
    return {"weeks": weeks, "weekdays": names}


def _cell(day: date, one: Ahead | None, *, off: bool) -> Context:
    full = "" if one is None else "4" if one.sure else "2"
    return {"n": day.day, "off": off, "full": full, "title": tell(one.what) if one else ""}


def _day(one: Ahead, form: Form, member: Member) -> Context:
    zone = member.own_zone()
    return {
        "at": one.at,
        "day": say.dated(one.at.astimezone(zone).date(), "EEE d MMM"),
        "what": tell(one.what),
        "icon": say.way(one.how)[1],
        "sure": one.sure,
        "held": tell(one.held),
        "leads": ways_on(form, one.number),
    }


def why_waits(why: str) -> str:
    return {
        "they_wait": _("it waits until you have answered them"),
        "bounced": _("it waits: your mail came back"),
        "hot": _("it waits: a strong yes comes first"),
        "our_word": _("it waits: your promise comes first"),
        "their_word": _("it waits for what they promised"),
        "they_asked": _("it waits until they have what they asked for"),
        "complaint": _("it waits until the complaint is put right"),
        "perhaps": _("it waits until you have said whether they answered"),
        "gone": _("it waits until you know who follows"),
        "own_step": _("it waits: you chose a step of your own"),
        "no_offer": _("it waits until an offer with a last day stands with them"),
        "rests": _("it waits: the sequence is paused"),
    }.get(why, _("it waits"))


def switches_of(member: Member) -> Context:
    sending = switches.sending_of(member.workspace)
    return {
        "all_held": sending.held_at is not None,
        "clock_jumped": sending.held_why == switches.CLOCK,
        "mine_held": member.mails_held_at is not None,
        "administers": member.administers,
    }
