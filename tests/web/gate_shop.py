"""A shop of strangers in which everything stands that an address can name, and those addresses."""

from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter, PathConverter, SlugConverter, StringConverter

from followthrough.channels.email.writing import Draft as Letter
from followthrough.channels.email.writing import write
from followthrough.core.facts import Noted, WePromised
from followthrough.core.plans import Step
from followthrough.ledger import (
    drafting,
    lists,
    mailboxes,
    membership,
    offers,
    sequences,
    template_changes,
    template_files,
)
from followthrough.ledger.models import (
    Address,
    Alarm,
    Change,
    Checked,
    Connection,
    Detail,
    Device,
    Doubt,
    Folder,
    Gift,
    Intake,
    Invitation,
    Likeness,
    Mailbox,
    Matter,
    Member,
    Message,
    Offer,
    Party,
    Person,
    Piece,
    Receipt,
    SavedView,
    Sequence,
    StoredMail,
    Template,
    TemplateFile,
    Topic,
    Want,
    Workspace,
)
from followthrough.ledger.record import record
from followthrough.ledger.sequences import Draft
from followthrough.web.party.restoring import restore_address
from followthrough.web.undo import undo_address
from tests.cast import member_named
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired, first_owed, hear

SECRET = "xyzzy"
# allauth's two addresses that are regular expressions
CONFIRM = r"^confirm-email/(?P<key>[-:\w]+)/$"
RESET = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"


def patterns(resolver=None, before=""):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield one.name, before + str(one.pattern), one.pattern
        else:
            yield from patterns(one, before + str(one.pattern))


PATTERNS = sorted({name: (route, pattern) for name, route, pattern in patterns()}.items())


def full_shop():
    """Every word of theirs holds the secret."""
    shop = Workspace.objects.create(name=f"Shop {SECRET}")
    mia = member_named(f"Mia-{SECRET}", shop, "administrator")
    member_named(f"Bob-{SECRET}", shop)
    Member.objects.filter(workspace=shop).update(line=f"Line {SECRET}")
    ann = Party.objects.create(
        workspace=shop, name=f"Ann {SECRET}", company=f"Firm {SECRET}", about=f"About {SECRET}",
        owner=mia, created_at=MONDAY,
    )  # fmt: skip
    person = Person.objects.create(workspace=shop, party=ann, name=f"Ann {SECRET}", role=SECRET)
    Address.objects.create(
        workspace=shop, party=ann, person=person, kind="email", value=f"{SECRET}@firm.example",
        canonical=f"{SECRET}@firm.example",
    )  # fmt: skip
    enquired(ann, said=f"A {SECRET} banner, please.")
    hear(ann, WePromised(at=MONDAY, due=MONDAY + HOUR, matter="roof"), words=[(SECRET, SECRET)])
    record(ann, Noted(at=MONDAY), source="note", at=MONDAY, words=[(SECRET, SECRET)])
    Matter.objects.update(title=f"Matter {SECRET}")
    Want.objects.create(workspace=shop, party=ann, text=f"Want {SECRET}", said_at=MONDAY)
    Detail.objects.create(workspace=shop, party=ann, text=f"Detail {SECRET}", said_at=MONDAY)
    Checked.objects.create(workspace=shop, at=MONDAY, open=1, uncovered=1, money=1)
    intake = Intake.objects.create(
        workspace=shop, member=mia, kind="mail", file_name=f"{SECRET}.mbox", stored_as=SECRET,
        created_at=MONDAY,
    )  # fmt: skip
    Piece.objects.create(
        workspace=shop, intake=intake, where=SECRET, outcome="linked", reason=SECRET, party=ann
    )
    twin = Party.objects.create(workspace=shop, name=f"Anne {SECRET}", created_at=MONDAY)
    Likeness.objects.create(
        workspace=shop, first=ann, second=twin, because=[SECRET], seen_at=MONDAY
    )
    _words_of(shop)
    sequences.make(shop, Draft(name=SECRET, steps=(Step(words=SECRET),)), at=MONDAY)
    SavedView.objects.create(workspace=shop, member=mia, name=SECRET, shared=True)
    Change.objects.create(workspace=shop, member=mia, wanted={"name": SECRET}, at=MONDAY)
    _ways_in(shop, mia)
    write(Letter(party=ann, member=mia, subject=SECRET, text=SECRET), key=SECRET, at=MONDAY)
    return shop


def _words_of(shop):
    """Something to give, a template with a file, and a model that may be asked."""
    Gift.objects.create(workspace=shop, title=SECRET, text=SECRET, added_at=MONDAY)
    words = {"name": SECRET, "occasion": "enquiry", "subjects": [SECRET], "text": SECRET}
    template = template_changes.write(shop, words, at=MONDAY)
    template_files.add_file(template, f"{SECRET}.txt", SECRET.encode(), at=MONDAY)
    drafting.ask_from_now_on(
        shop, address=f"https://{SECRET}.example", model=SECRET, secret=SECRET, at=MONDAY
    )


def _ways_in(shop, mia):
    """A mailbox with a mail that nobody could read, a door with what came by it, an invitation, an
    offer, a device."""
    Device.objects.create(
        workspace=shop, member=mia, digest=SECRET, endpoint=SECRET, name=SECRET, added_at=MONDAY
    )
    ann = Party.objects.filter(workspace=shop).order_by("pk").first()
    terms = offers.Terms(title=SECRET, terms=SECRET, last=MONDAY.date())
    offers.make(ann, terms, by=mia, source="offer", at=MONDAY)
    listed = lists.word(SECRET, joins=True, at=MONDAY)
    record(ann, listed, source="list", at=MONDAY, words=[("", SECRET)])
    box = mailboxes.connect(
        mia, SECRET, at=MONDAY, address=f"{SECRET}@firm.example", username=SECRET,
        imap_host=f"imap.{SECRET}.example", smtp_host=f"smtp.{SECRET}.example",
    )  # fmt: skip
    folder = Folder.objects.create(workspace=shop, mailbox=box, name=SECRET, role="inbox")
    StoredMail.objects.create(
        workspace=shop, mailbox=box, folder=folder, uidvalidity=1, uid=1, stored_at=MONDAY,
        raw=SECRET.encode(), state="unreadable", reason=SECRET, key=SECRET,
    )  # fmt: skip
    knocks = Connection.objects.create(
        workspace=shop, kind="other", key="a-key", title=SECRET, owner=mia, added_at=MONDAY
    )
    Receipt.objects.create(
        workspace=shop, connection=knocks, their_id=SECRET, at=MONDAY, outcome="held",
        raw=b'{"message": "xyzzy", "email": "xyzzy@firm.example"}',
    )  # fmt: skip
    ann = Party.objects.filter(workspace=shop).order_by("pk").first()
    Doubt.objects.create(workspace=shop, party=ann, said=SECRET, name=SECRET, answer="no")
    Topic.objects.create(workspace=shop, party=ann, said=SECRET)
    membership.invite(
        name=f"Zoe {SECRET}", email=f"zoe-{SECRET}@shop.example", role="member", by=mia, at=MONDAY
    )


INTAKES = (
    "intake", "intake_report", "intake_choices", "intake_start", "intake_calling_off",
    "intake_taking_back", "intake_left_out",
)  # fmt: skip
FOLLOW_UPS = (
    "followup_panel", "outcome", "why", "today_further", "order_of", "take_back", "sooner",
    "week_told", "promise_over", "promise_later", "write", "write_keep", "whether",
    "followup_words", "followup_draft",
)  # fmt: skip
TEMPLATES = ("template", "template_retirement", "template_files")
FILES = ("template_file", "template_file_gone", "template_file_back")
MATTERS = ("step_given", "deal", "deal_card", "deal_move")
SEQUENCES = ("sequence", "sequence_retirement")
CHANGES = ("change", "change_made", "change_dropped", "change_undone")
MAILBOXES = (
    "mailbox", "mailbox_tried", "mailbox_password", "mailbox_keeper", "mailbox_keeper_back",
    "mailbox_removed", "mailbox_back", "unread_mail", "mailbox_outgoing", "mailbox_outgoing_back",
    "mailbox_answer", "mailbox_sends", "mailbox_not_ours", "mailbox_sign_in", "mail_service_key",
    "mailbox_itself", "mailbox_itself_back",
)  # fmt: skip
MAILS = (
    "mail", "mail_proof", "mail_as_file", "mail_again", "mail_decided", "mail_stop", "mail_now",
)  # fmt: skip
DEVICES = ("device_removed", "device_as_before")
CONNECTIONS = (
    "connection", "connection_change", "connection_removal", "connection_token", "connection_test",
    "connection_answer",
)  # fmt: skip
RECEIPTS = ("receipt_taken", "receipt_nobody", "receipt_held")


def address_of(name, shop):
    """The address that leads to something of the shop's."""
    ann = Party.objects.filter(workspace=shop).order_by("pk").first()
    mia = Member.objects.filter(workspace=shop).first()
    pk = {
        **dict.fromkeys(FOLLOW_UPS, first_owed(ann).pk),
        **dict.fromkeys(MATTERS, Matter.objects.filter(workspace=shop).first().pk),
        **dict.fromkeys(("gift", "gift_retirement"), Gift.objects.get(workspace=shop).pk),
        **dict.fromkeys(FILES, TemplateFile.objects.get(workspace=shop).pk),
        **dict.fromkeys(SEQUENCES, Sequence.objects.get(workspace=shop).pk),
        "offer_day": Offer.objects.get(workspace=shop).pk,
        "offer_end": Offer.objects.get(workspace=shop).pk,
        "view_kept": SavedView.objects.get(workspace=shop).pk,
        "alarm_seen": Alarm.objects.filter(workspace=shop).first().pk,
        "withdrawal": Invitation.objects.get(workspace=shop).pk,
        **dict.fromkeys(INTAKES, Intake.objects.get(workspace=shop).pk),
        "likeness_undone": Likeness.objects.get(workspace=shop).pk,
        "address": Address.objects.get(workspace=shop).pk,
        **dict.fromkeys(CHANGES, Change.objects.get(workspace=shop).pk),
        **dict.fromkeys(MAILBOXES, Mailbox.objects.get(workspace=shop).pk),
        **dict.fromkeys(MAILS, Message.objects.get(workspace=shop).pk),
        **dict.fromkeys(DEVICES, Device.objects.get(workspace=shop).pk),
        **dict.fromkeys(CONNECTIONS, Connection.objects.get(workspace=shop).pk),
        **dict.fromkeys(RECEIPTS, Receipt.objects.get(workspace=shop).pk),
        "doubt_back": Doubt.objects.get(workspace=shop).pk,
        **dict.fromkeys(("topic", "topic_back"), Topic.objects.get(workspace=shop).pk),
        "known_one": Detail.objects.get(workspace=shop).pk,
        "want_gone": Want.objects.get(workspace=shop).pk,
        "intake": Intake.objects.get(workspace=shop).pk,
        "intake_report": Intake.objects.get(workspace=shop).pk,
        **dict.fromkeys(("member", "role", "line", "absence", "presence", "departure"), mia.pk),
        **dict.fromkeys(("mfa_remove_webauthn", "mfa_edit_webauthn"), 1),
    }.get(name, ann.pk)
    if name in TEMPLATES:
        return reverse(name, args=[str(Template.objects.get(workspace=shop).pk)])
    if name == "undo":
        return undo_address(ann, "note")
    if name == "restore":
        return restore_address(Detail.objects.get(workspace=shop), {"text": "x"})
    return "/" + _filled(dict(PATTERNS)[name], pk)


def _filled(route_and_pattern, pk):
    route, pattern = route_and_pattern
    for key, converter in pattern.converters.items():
        value = str(pk) if isinstance(converter, IntConverter) else "nobody-knows-this"
        assert isinstance(converter, IntConverter | SlugConverter | StringConverter | PathConverter)
        route = route.replace(f"<{_kind(converter)}:{key}>", value)
    return route.replace(CONFIRM, "confirm-email/nobody/").replace(RESET, "password/reset/key/1-x/")


def _kind(converter):
    kinds = {
        IntConverter: "int",
        SlugConverter: "slug",
        PathConverter: "path",
        StringConverter: "str",
    }
    return kinds[type(converter)]


GIVEN = {
    "note": "x", "text": "x", "when": "tomorrow", "to": "1", "days": "60", "name": "Sid",
    "email": "sid@others.example", "role": "member", "proof": "told", "asked": "x", "line": "x",
    "goal": "x", "company": "x", "part": "budget", "how": "met",
}  # fmt: skip
