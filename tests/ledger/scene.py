"""Parties for the stories, and the books as plain values that two runs can be compared by."""

from datetime import UTC, datetime, timedelta

from followthrough.ledger.models import Address, Alarm, Fact, FollowUp, Matter, Party, Person
from followthrough.ledger.search import make_findable

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def party_named(name, workspace, owner=None):
    party = Party.objects.create(workspace=workspace, name=name, owner=owner, created_at=MONDAY)
    person = Person.objects.create(workspace=workspace, party=party, name=name)
    for kind, value in (("email", f"{name.lower()}@home.example"), ("phone", f"+44 20 {name}")):
        Address.objects.create(
            workspace=workspace, party=party, person=person, kind=kind,
            value=value, canonical=f"{value.lower()}-{workspace.pk}",
        )  # fmt: skip
    make_findable([party])
    return party


def debts(party):
    """What the books owe to this party: rule and due, in order."""
    rows = FollowUp.objects.filter(party=party, settled_at=None).order_by("rule", "due")
    return [(row.rule, row.due) for row in rows]


STATE = ("key", "kind", "value", "opened_at", "closed_at", "outcome", "owner__name")
DUTY = (
    "party__name", "matter__key", "rule", "occasion", "because", "evidence", "how", "what", "why",
    "held", "band", "rank", "tag", "shows", "count", "blocks", "due", "show_at", "until", "since",
    "member__name", "contacts", "last_contact_at", "our_word_at", "given",
)  # fmt: skip
SUMMARY = (
    "name", "last_contact_at", "last_contact_by", "last_contact_what", "our_word_at", "contacts",
    "given", "refuses",
)  # fmt: skip
TOLD = ("party__name", "source", "kind", "ordinal", "name", "at", "matter", "did", "own")


def obligations(workspace):
    """Open duties, their alarms, and where each matter and party stands: what must not differ."""
    rows = {"workspace": workspace}
    matters = Matter.objects.filter(**rows).exclude(outcome="joined")
    open_now = FollowUp.objects.filter(**rows, settled_at=None)
    alarms = Alarm.objects.filter(followup__in=open_now)
    return {
        "matters": _plain(matters, "party__name", *STATE),
        "duties": _plain(open_now, *DUTY),
        "alarms": _plain(
            alarms, "followup__party__name", "followup__rule", "followup__occasion",
            "member__name", "at", "what",
        ),
        "parties": _plain(Party.objects.filter(**rows, merged_into=None), *SUMMARY),
    }  # fmt: skip


def facts_of(workspace):
    return _plain(Fact.objects.filter(workspace=workspace), *TOLD)


def _plain(rows, *names):
    return sorted(map(repr, rows.values_list(*names)))
