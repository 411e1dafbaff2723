"""What must hold while a mail is claimed and in the commit that hands it over, in plain SQL."""

from datetime import datetime, timedelta
from typing import Any

from followthrough.core.facts import KINDS, THEIRS
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.outbox import CLAIMED, QUEUED, TRANSACTIONAL
from followthrough.ledger.models.reading import WAITING
from followthrough.ledger.statements import adapted_moment

CAME = tuple(sorted(name for name, kind in KINDS.items() if kind.turn == THEIRS))
# A mail that is older is brought in with others of its age: it is no answer to what we write now.
RECENT = timedelta(days=4)
# A step of a plan waits while the inbox may hold the answer.
READ_WITHIN = timedelta(minutes=15)
# So long nothing else leaves by itself to the same person, from whatever sequence or mailbox.
A_DAY = timedelta(hours=20)

_CAME = ", ".join(f"'{name}'" for name in CAME)

# Once one of these is broken it stays so: the mail is taken back (see stopping.py).
FOR_EVER = f"""
    NOT EXISTS (SELECT 1 FROM ledger_party p WHERE p.id = m.party_id AND p.forgotten)
AND NOT EXISTS (SELECT 1 FROM ledger_followup f
                 WHERE f.id = m.followup_id AND f.settled_at IS NOT NULL)
AND NOT EXISTS (SELECT 1 FROM ledger_address a
                 WHERE a.workspace_id = m.workspace_id AND a.kind = 'email'
                   AND a.canonical = m.canonical AND a.dead_by <> '')
AND NOT EXISTS (SELECT 1 FROM ledger_member w WHERE w.id = m.member_id AND NOT w.active)
AND (m.purpose = '{TRANSACTIONAL}' OR NOT EXISTS (
        SELECT 1 FROM ledger_fact t
         WHERE t.workspace_id = m.workspace_id AND t.party_id = m.party_id
           AND t.heard_at > m.queued_at AND t.at > %(recent)s AND t.kind IN ({_CAME})))
AND (m.plan <> '' OR m.not_after IS NULL OR m.not_after > %(now)s)
"""  # noqa: S608 - our own names
# These it waits for.
FOR_NOW = f"""
    m.not_before <= %(now)s
AND NOT EXISTS (SELECT 1 FROM ledger_mailbox b
                 WHERE b.id = m.mailbox_id
                   AND (b.state <> '{WORKS}' OR b.removed_at IS NOT NULL
                        OR NOT (b.shared OR b.member_id = m.member_id)
                        OR (m.plan <> '' AND (b.read_at IS NULL OR b.read_at < %(read)s))))
AND NOT (m.automatic AND EXISTS (
        SELECT 1 FROM ledger_sending s
         WHERE s.workspace_id = m.workspace_id AND s.held_at IS NOT NULL))
AND NOT (m.automatic AND EXISTS (
        SELECT 1 FROM ledger_member w WHERE w.id = m.member_id AND w.mails_held_at IS NOT NULL))
"""  # noqa: S608
# And a step of a plan: its day there has not ended, all that was fetched is understood (theirs may
# be in it), its sequence goes on, its follow-up still says that it leaves by itself, now, in that
# name; and it is the only one of the day. Of two the older goes first, where it can go.
STEP = f"""
    (m.not_after IS NULL OR m.not_after > %(now)s)
AND NOT EXISTS (SELECT 1 FROM ledger_mailbox r
                  JOIN ledger_storedmail x
                    ON x.workspace_id = r.workspace_id AND x.mailbox_id = r.id
                   AND x.state = '{WAITING}' AND x.old = false
                 WHERE r.workspace_id = m.workspace_id AND r.removed_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM ledger_sequenceversion v
                  JOIN ledger_sequence q ON q.id = v.sequence_id
                 WHERE v.workspace_id = m.workspace_id AND v.key = m.plan
                   AND q.paused_at IS NOT NULL)
AND EXISTS (SELECT 1 FROM ledger_followup f
             WHERE f.id = m.followup_id AND f.sender_id = m.member_id AND f.due <= %(now)s)
AND NOT EXISTS (
    SELECT 1 FROM ledger_message o
     WHERE o.workspace_id = m.workspace_id AND o.party_id = m.party_id AND o.id <> m.id
       AND o.plan <> '' AND (o.handover_at > %(day)s
           OR (o.id < m.id AND (o.state = '{CLAIMED}' OR (o.state = '{QUEUED}'
               AND EXISTS (SELECT 1 FROM ledger_mailbox ob
                            WHERE ob.id = o.mailbox_id AND ob.state = '{WORKS}'
                              AND ob.removed_at IS NULL AND ob.read_at >= %(read)s)
               AND NOT EXISTS (SELECT 1 FROM ledger_member ow
                                WHERE ow.id = o.member_id AND ow.mails_held_at IS NOT NULL))))))
"""  # noqa: S608
HOLD = f"{FOR_EVER} AND {FOR_NOW} AND (m.plan = '' OR ({STEP}))"


def values(at: datetime, **more: Any) -> dict[str, Any]:
    """What the conditions name."""
    return {
        "now": adapted_moment(at),
        "recent": adapted_moment(at - RECENT),
        "read": adapted_moment(at - READ_WITHIN),
        "day": adapted_moment(at - A_DAY),
        **more,
    }
