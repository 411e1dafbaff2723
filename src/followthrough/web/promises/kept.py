"""Do I keep my word? The share kept on time, a square for each, those that were not; the habit."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from followthrough.core.facts import PromiseKept, PromiseReleased
from followthrough.ledger import clock
from followthrough.ledger.models import Member
from followthrough.reports.promises_kept import (
    LATE,
    NOT_YET,
    ON_TIME,
    Record,
    Word,
    promises_kept,
)  # fmt: skip
from followthrough.reports.shares import Share
from followthrough.reports.who_follows_up import (
    ALWAYS,
    MOSTLY,
    RARELY,
    SOMETIMES,
    who_follows_up,
)  # fmt: skip
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only

SQUARES, IN_A_ROW, STEP = 50, 25, 14
SHOWN = 50  # of those that were not kept in time, the newest
Context = dict[str, Any]
OUTCOMES = {
    ON_TIME: gettext_lazy("On time"),
    LATE: gettext_lazy("Late"),
    NOT_YET: gettext_lazy("Not kept yet"),
}
HABITS = {
    ALWAYS: pgettext_lazy("how often", "Always"),
    MOSTLY: pgettext_lazy("how often", "Mostly"),
    SOMETIMES: pgettext_lazy("how often", "Sometimes"),
    RARELY: pgettext_lazy("how often", "Rarely"),
}


@members_only
@require_GET
def kept(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    record, habit = promises_kept(member, now), who_follows_up(member, now)
    context = {
        "here": "promises",
        "record": record,
        "share": record.share,
        "finding": finding(record),
        "range": _range(record.share),
        "squares": _squares(record),
        "side": {"width": IN_A_ROW * STEP, "height": 2 * STEP},
        "keys": _keys(record),
        "table": _table(record, member, now),
        "broken": [_line(word, member, now) for word in record.broken[:SHOWN]],
        "more": len(record.broken) > SHOWN,
        "habit": HABITS.get(habit.word),
        "habit_share": habit.share,
        "habit_range": _range(habit.share),
    }
    return render(request, "promises/kept.html", context)


def finding(record: Record) -> str:
    """ "Kept on time: 87 % (was 79 %)"."""
    if record.share.too_few:
        return _("Too few to say")
    now = say.percent(record.share.percent)
    if record.before.too_few:
        return _("Kept on time: %(now)s") % {"now": now}
    was = say.percent(record.before.percent)
    return _("Kept on time: %(now)s (was %(was)s)") % {"now": now, "was": was}


def _range(share: Share) -> str:
    low, high = share.range
    said = _("%(done)s of %(of)s. With so many cases, anything from %(low)s to %(high)s is likely.")
    return said % {
        "done": share.done, "of": share.of,
        "low": say.percent(low), "high": say.percent(high),
    }  # fmt: skip


def _squares(record: Record) -> list[Context]:
    """The last fifty, two rows of twenty-five."""
    return [
        {"x": n % IN_A_ROW * STEP, "y": n // IN_A_ROW * STEP, "outcome": word.outcome}
        for n, word in enumerate(record.words[-SQUARES:])
    ]


def _keys(record: Record) -> list[Context]:
    lately = record.words[-SQUARES:]
    counts = {outcome: sum(word.outcome == outcome for word in lately) for outcome in OUTCOMES}
    return [
        {"outcome": outcome, "label": label, "count": counts[outcome]}
        for outcome, label in OUTCOMES.items()
        if counts[outcome] or outcome == ON_TIME
    ]


def _table(record: Record, member: Member, now: datetime) -> Context:
    zone = member.own_zone()
    rows = [
        [
            say.shortened(_words(word), 80), word.followup.who,
            say.short_day(word.due, now, zone), OUTCOMES[word.outcome],
        ]
        for word in reversed(record.words[-SQUARES:])
    ]  # fmt: skip
    heads = (_("Promise"), pgettext("to whom", "To"), _("By"), _("How it ended"))
    return {
        "caption": _("The promises behind the squares, newest first"),
        "columns": [{"label": head} for head in heads],
        "rows": rows,
    }


def _line(word: Word, member: Member, now: datetime) -> Context:
    return {
        "pk": word.followup.pk,
        "text": _words(word),
        "to": word.followup.who,
        "due": say.in_words(word.due, now, member.own_zone()),
        "how": _how(word),
        "open": word.outcome == NOT_YET,
    }


def _how(word: Word) -> str:
    """How it was put right."""
    if word.done_at is None or word.how is None:
        return _("Not kept yet")
    after = say.ago(word.due, word.done_at)
    if word.how.kind == PromiseReleased.__name__:
        return _("Told them %(time)s after its hour") % {"time": after}
    if word.how.kind == PromiseKept.__name__:
        return _("Kept %(time)s late") % {"time": after}
    return _("Put right %(time)s late") % {"time": after}


def _words(word: Word) -> str:
    return word.told.body or word.told.title or _("Your word")
