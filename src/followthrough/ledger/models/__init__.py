"""Every table of the product."""

from followthrough.ledger.models.changes import Change, MadeLate
from followthrough.ledger.models.circle import OwnKey
from followthrough.ledger.models.doors import Connection, Receipt
from followthrough.ledger.models.facts import Fact, Text
from followthrough.ledger.models.followups import Alarm, FollowUp
from followthrough.ledger.models.heartbeats import Heartbeat
from followthrough.ledger.models.intake import Checked, Intake, Piece, Retold
from followthrough.ledger.models.known import Detail, Role, Want, Word
from followthrough.ledger.models.library import Gift, Giving
from followthrough.ledger.models.likeness import Likeness, LikenessKey
from followthrough.ledger.models.mailboxes import Mailbox
from followthrough.ledger.models.matters import Matter, Stage
from followthrough.ledger.models.members import Invitation, Member, User, Workspace
from followthrough.ledger.models.outbox import Attempt, Message, Pace, Sending
from followthrough.ledger.models.parties import Address, Party, Person
from followthrough.ledger.models.proposals import Lesson, Proposal
from followthrough.ledger.models.reading import (
    Folder,
    MailHead,
    MailSum,
    MailTrace,
    Reading,
    StoredMail,
)
from followthrough.ledger.models.reminders import Notice
from followthrough.ledger.models.sequences import Sequence, SequenceVersion
from followthrough.ledger.models.unsent import Unsent, UnsentFile
from followthrough.ledger.models.views import SavedView
from followthrough.ledger.models.watching import Canary, Device, Fault, Ping

__all__ = [
    "Address",
    "Alarm",
    "Attempt",
    "Canary",
    "Change",
    "Checked",
    "Connection",
    "Detail",
    "Device",
    "Fact",
    "Fault",
    "Folder",
    "FollowUp",
    "Gift",
    "Giving",
    "Heartbeat",
    "Intake",
    "Invitation",
    "Lesson",
    "Likeness",
    "LikenessKey",
    "MadeLate",
    "MailHead",
    "MailSum",
    "MailTrace",
    "Mailbox",
    "Matter",
    "Member",
    "Message",
    "Notice",
    "OwnKey",
    "Pace",
    "Party",
    "Person",
    "Piece",
    "Ping",
    "Proposal",
    "Reading",
    "Receipt",
    "Retold",
    "Role",
    "SavedView",
    "Sending",
    "Sequence",
    "SequenceVersion",
    "Stage",
    "StoredMail",
    "Text",
    "Unsent",
    "UnsentFile",
    "User",
    "Want",
    "Word",
    "Workspace",
]
