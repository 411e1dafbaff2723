"""Statements to come, gathered over all parties of a batch and then written together."""

from dataclasses import dataclass, field

from followthrough.core.followups import Owed
from followthrough.ledger.models import Alarm, FollowUp, Matter, Party, Role, Text
from followthrough.ledger.statements import (
    delete,
    insert,
    insert_numbered,
    insert_values,
    select,
    update,
)

SUMMARY = (
    "last_contact_at", "last_contact_by", "last_contact_what", "our_word_at",
    "contacts", "given", "refuses", "plays",
    "silent_since", "next_at", "worth", "quiet", "terms_version",
)  # fmt: skip
STATE = (
    "key", "kind", "value", "opened_at", "closed_at", "outcome", "reason", "owner", "lane",
    "expected", "next_due", "touched_at", "plan", "plan_step", "plan_state",
    "plan_why", "plan_since",
)  # fmt: skip
COPIES = ("contacts", "last_contact_at", "our_word_at", "given")
FILLED = (
    "party", "matter", "member", "sender", "because", "evidence", "how", "what", "why", "said",
    "held", "band", "rank", "tag", "shows", "count", "blocks", "exact", "due", "show_at",
    "spread_to", "until", "since", *COPIES, "digest",
)  # fmt: skip
ROLE = ("workspace", "party", "name", "by_hand")
RINGS = ("followup", "member", "at", "what")

Duty = tuple[FollowUp, Owed]
Ring = tuple[int, int, object, str]


@dataclass(kw_only=True)
class Writes:
    """`kept` are rows that stand as they are and should have their alarms."""

    matters: list[Matter] = field(default_factory=list)
    changed_matters: list[Matter] = field(default_factory=list)
    opened: list[Duty] = field(default_factory=list)
    moved: list[Duty] = field(default_factory=list)
    settled: list[FollowUp] = field(default_factory=list)
    kept: list[Duty] = field(default_factory=list)
    copies: list[FollowUp] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    roles: list[Party] = field(default_factory=list)  # those whose roles are others than before

    def __len__(self) -> int:
        rows = len(self.opened) + len(self.moved) + len(self.settled)
        return rows + len(self.copies) + len(self.matters) + len(self.changed_matters)

    @property
    def rings(self) -> bool:
        return any(owed.alarms for _, owed in (*self.opened, *self.moved))

    def carry_out(self) -> None:
        self._write_matters()
        update(self.parties, SUMMARY)
        self._write_roles()
        for row, _ in (*self.opened, *self.moved):
            row.matter_id = row.matter.pk
        self._open()
        update([row for row, _ in self.moved], FILLED)
        update(self.copies, COPIES)
        update(self.settled, ("settled_at", "settled_by"))
        self._forget_stale_alarms()
        write_alarms([*self.opened, *self.moved])

    def _write_roles(self) -> None:
        if not self.roles:
            return
        within = {party.workspace_id for party in self.roles}
        where = {"workspace": within, "party": [party.pk for party in self.roles]}
        delete(Role, where, "AND NOT by_hand")
        rows = [
            (party.workspace_id, party.pk, name, False)
            for party in self.roles for name in party.plays.split()
        ]  # fmt: skip
        insert_values(Role, ROLE, rows)

    def _write_matters(self) -> None:
        pks = [int(row.text_id) for row in self.matters if row.text_id]
        titles = dict(select(Text, ("id", "title"), {"id": pks})) if pks else {}
        for row in self.matters:
            row.title = titles.get(int(row.text_id or 0), "")[:200]
        insert_numbered(self.matters)
        update(self.changed_matters, STATE)

    def _open(self) -> None:
        """Only what has an alarm needs its id back."""
        insert([row for row, owed in self.opened if not owed.alarms])
        insert_numbered([row for row, owed in self.opened if owed.alarms])

    def _forget_stale_alarms(self) -> None:
        stale = [row for row, _ in self.moved] + self.settled
        within = {row.workspace_id for row in stale}
        where = {"workspace": within, "followup": [row.pk for row in stale]}
        delete(Alarm, where, "AND told_at IS NULL")


def write_alarms(duties: list[Duty]) -> int:
    """The alarms of these rows that are not in the books yet; how many there were."""
    wanted: dict[Ring, Alarm] = {
        (row.pk, int(alarm.to), alarm.at, alarm.what): Alarm(
            workspace_id=row.workspace_id, followup_id=row.pk, member_id=int(alarm.to),
            at=alarm.at, what=alarm.what,
        )
        for row, owed in duties for alarm in owed.alarms
    }  # fmt: skip
    if not wanted:
        return 0
    within = {alarm.workspace_id for alarm in wanted.values()}
    known = set(
        select(Alarm, RINGS, {"workspace": within, "followup": {ring[0] for ring in wanted}})
    )
    missing = [alarm for ring, alarm in wanted.items() if ring not in known]
    insert(missing)
    return len(missing)
