"""Every table of the product."""

from followthrough.ledger.models.changes import Change, MadeLate
from followthrough.ledger.models.circle import OwnKey
from followthrough.ledger.models.doors import Connection, Receipt
from followthrough.ledger.models.facts import Fact, Text
from followthrough.ledger.models.followups import Alarm, FollowUp
from followthrough.ledger.models.hearing import Acknowledgement, AtOnce, Doubt, Refusal, Topic
from followthrough.ledger.models.heartbeats import Heartbeat
from followthrough.ledger.models.intake import Checked, Intake, Piece, Retold
from followthrough.ledger.models.known import Detail, Role, Want, Word
from followthrough.ledger.models.library import Gift, Giving
from followthrough.ledger.models.likeness import Likeness, LikenessKey
from followthrough.ledger.models.mailboxes import (
    AccessToken,
    Mailbox,
    ServiceHook,
    SignInClient,
)
from followthrough.ledger.models.matters import Matter, Stage
from followthrough.ledger.models.members import Invitation, Member, User, Workspace
from followthrough.ledger.models.offers import Link, Offer
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
from followthrough.ledger.models.wording import LanguageModel, Template, TemplateFile, WordsUsed

__all__ = [
    "AccessToken",
    "Acknowledgement",
    "Address",
    "Alarm",
    "AtOnce",
    "Attempt",
    "Canary",
    "Change",
    "Checked",
    "Connection",
    "Detail",
    "Device",
    "Doubt",
    "Fact",
    "Fault",
    "Folder",
    "FollowUp",
    "Gift",
    "Giving",
    "Heartbeat",
    "Intake",
    "Invitation",
    "LanguageModel",
    "Lesson",
    "Likeness",
    "LikenessKey",
    "Link",
    "MadeLate",
    "MailHead",
    "MailSum",
    "MailTrace",
    "Mailbox",
    "Matter",
    "Member",
    "Message",
    "Notice",
    "Offer",
    "OwnKey",
    "Pace",
    "Party",
    "Person",
    "Piece",
    "Ping",
    "Proposal",
    "Reading",
    "Receipt",
    "Refusal",
    "Retold",
    "Role",
    "SavedView",
    "Sending",
    "Sequence",
    "SequenceVersion",
    "ServiceHook",
    "SignInClient",
    "Stage",
    "StoredMail",
    "Template",
    "TemplateFile",
    "Text",
    "Topic",
    "Unsent",
    "UnsentFile",
    "User",
    "Want",
    "Word",
    "WordsUsed",
    "Workspace",
]
