"""Which words are answered: of each template and each of its subject lines, how many of how many.

Only mail whose two weeks are over counts, so that young mail makes nobody look bad.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from followthrough.core.facts import KINDS, THEIRS
from followthrough.ledger.models import Fact, Template, WordsUsed, Workspace
from followthrough.ledger.models.outbox import SENT
from followthrough.reports.shares import Share

ANSWERED = timedelta(days=14)
ENOUGH = 20  # of each; of fewer nobody is said to be the better one
CAME = [name for name, kind in KINDS.items() if kind.turn == THEIRS]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A subject line; "" where another one was written. `young` are still within two weeks."""

    subject: str
    share: Share
    young: int = 0


@dataclass(frozen=True, kw_only=True)
class Result:
    template: Template
    share: Share
    young: int
    lines: Sequence[Line]

    @property
    def winner(self) -> Line | None:
        """The line whose worst case is better than the best case of every other one."""
        tried = [one for one in self.lines if one.subject]
        if len(tried) < 2 or any(one.share.of < ENOUGH for one in tried):
            return None
        best = max(tried, key=lambda one: one.share.value)
        others = (one.share.range[1] for one in tried if one is not best)
        return best if all(best.share.range[0] > top for top in others) else None


def results(workspace: Workspace, now: datetime) -> list[Result]:
    """Most used first. Two queries."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for template, line in _lines(workspace, now):
        lines[template].append(line)
    templates = Template.objects.filter(workspace=workspace, pk__in=lines)
    found = [_result(template, lines[template.pk]) for template in templates]
    return sorted(found, key=lambda one: (-one.share.of, -one.young, one.template.name))


def _lines(workspace: Workspace, now: datetime) -> list[tuple[int, Line]]:
    sent = F("message__ended_at")
    ripe = Q(message__ended_at__lte=now - ANSWERED)
    came = Fact.objects.filter(
        workspace=workspace, party=OuterRef("message__party"), kind__in=CAME,
        at__gt=OuterRef("message__ended_at"), at__lte=OuterRef("message__ended_at") + ANSWERED,
    )  # fmt: skip
    replied = Q(message__replied_at__gt=sent, message__replied_at__lte=sent + ANSWERED)
    rows = WordsUsed.objects.filter(workspace=workspace, message__state=SENT).values_list(
        "template", "subject"
    )
    counted = rows.annotate(
        of=Count("pk", filter=ripe),
        done=Count("pk", filter=ripe & (replied | Q(Exists(came)))),
        young=Count("pk", filter=~ripe),
    ).order_by("template", "subject")
    return [
        (template, Line(subject=subject, share=Share(done=done, of=of), young=young))
        for template, subject, of, done, young in counted
    ]


def _result(template: Template, lines: Sequence[Line]) -> Result:
    done, of = sum(one.share.done for one in lines), sum(one.share.of for one in lines)
    return Result(
        template=template, share=Share(done=done, of=of),
        young=sum(one.young for one in lines), lines=lines,
    )  # fmt: skip
