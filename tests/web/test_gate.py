"""The one gate: every address of the site, tried by nobody, by a stranger and by a plain member."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter, PathConverter, SlugConverter, StringConverter

from followthrough.channels.email.writing import Draft as Letter
from followthrough.channels.email.writing import write
from followthrough.core.facts import Noted, WePromised
from followthrough.core.plans import Step
from followthrough.ledger import (
    clock,
    drafting,
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
    AtOnce,
    Change,
    Checked,
    Connection,
    Detail,
    Device,
    Doubt,
    Fact,
    Folder,
    Gift,
    Intake,
    Invitation,
    LanguageModel,
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
    Text,
    Unsent,
    Want,
    Workspace,
)
from followthrough.ledger.record import record
from followthrough.ledger.sequences import Draft
from followthrough.web.party.restoring import restore_address
from followthrough.web.undo import undo_address
from tests.cast import client_of, member_named
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired, filled, first_owed, hear

# Who may open what. An address without a line here fails the test below.
EVERYBODY, MEMBERS, ADMINISTRATORS, OWN = "everybody", "members", "administrators", "one's own"
TABLE = {
    "today": MEMBERS,
    "followup_panel": MEMBERS,
    "alarm_seen": MEMBERS,
    "outcome": MEMBERS,
    "why": MEMBERS,
    "when": MEMBERS,
    **dict.fromkeys(
        (
            "today_day",
            "today_further",
            "order",
            "order_of",
            "done_today",
            "take_back",
            "one",
            "happened",
            "heard",
            "step_given",
            "capture_known",
            "find",
            "keys",
            "waiting",
            "sooner",
            "week",
            "week_moves",
            "week_told",
            "week_spread",
            "week_unspread",
            "week_unmoved",
            "deals",
            "deal_new",
            "deal",
            "deal_card",
            "deal_move",
            "deal_restored",
            "deal_stages",
            "stages_restored",
            "promise_over",
            "promise_later",
            "promises_kept",
            "library",
            "plan",
            "plan_for_many",
            "mailboxes",
            "mailbox",
            "mailbox_tried",
            "mailbox_password",
            "mailbox_keeper",
            "mailbox_keeper_back",
            "mailbox_removed",
            "mailbox_back",
            "mailbox_outgoing",
            "mailbox_outgoing_back",
            "mailbox_sends",
            "mailbox_paused",
            "mailbox_not_ours",
            "mailbox_ours",
            "mailbox_sign_in",
            "mailbox_signed_in",
            "unread_mail",
            "write",
            "write_keep",
            "write_to",
            "write_to_keep",
            "mail",
            "mail_proof",
            "mail_as_file",
            "mail_again",
            "mail_decided",
            "mail_stop",
            "mail_now",
            "sequences",
            "sequence_new",
            "sequence",
            "sequence_retirement",
            "sequence_as_before",
            "sequence_people",
            "sequence_rest",
            "sequence_unpaused",
            "late_steps",
            "mails_of_mine",
            "gift",
            "gift_retirement",
            "gift_as_before",
            "silence",
            "silence_explained",
            "offer_new",
            "offer_end",
            "lists_of",
            "list_link",
            "words",
            "words_new",
            "words_answered",
            "words_as_before",
            "kinder",
            "template",
            "template_retirement",
            "template_files",
            "template_file",
            "template_file_gone",
            "template_file_back",
            "followup_words",
            "followup_draft",
            "views_kept",
            "view_kept",
            "together",
            "handed_back",
            "demo_out",
            "demo_away",
        ),
        MEMBERS,
    ),
    "people": MEMBERS,
    "person": MEMBERS,
    "notes": MEMBERS,
    "meeting": MEMBERS,
    "company": MEMBERS,
    "moved": MEMBERS,
    "learned_of": MEMBERS,
    "acquainted": MEMBERS,
    "roles": MEMBERS,
    "address": MEMBERS,
    "promises": MEMBERS,
    "promise_given": MEMBERS,
    "promise_end": MEMBERS,
    "answers": MEMBERS,
    "consent": MEMBERS,
    "strong_yes": MEMBERS,
    "rhythm": MEMBERS,
    "owner": MEMBERS,
    "reopened": MEMBERS,
    "details": MEMBERS,
    "days": MEMBERS,
    "known": MEMBERS,
    "known_one": MEMBERS,
    "wants": MEMBERS,
    "want_gone": MEMBERS,
    "wants_plan": MEMBERS,
    "restore": MEMBERS,
    "oblivion": ADMINISTRATORS,
    "mails_of_all": ADMINISTRATORS,
    "likenesses": MEMBERS,
    "side_by_side": MEMBERS,
    "same_as": MEMBERS,
    "likeness_undone": MEMBERS,
    "taken_apart": MEMBERS,
    "capture": MEMBERS,
    "import": MEMBERS,
    "intake": MEMBERS,
    "intake_report": MEMBERS,
    "found": MEMBERS,
    "found_one": MEMBERS,
    "found_undo": MEMBERS,
    "learned": MEMBERS,
    "welcome": MEMBERS,
    "intake_choices": MEMBERS,
    "intake_start": MEMBERS,
    "intake_calling_off": MEMBERS,
    "intake_taking_back": MEMBERS,
    "intake_left_out": MEMBERS,
    "health": MEMBERS,
    "check_now": MEMBERS,
    "undo": MEMBERS,
    "members": MEMBERS,
    "member": MEMBERS,
    "absence": MEMBERS,
    "presence": MEMBERS,
    **dict.fromkeys(
        (
            "absence_undone",
            "reminders",
            "reminders_chosen",
            "reminders_undone",
            "feed_renewed",
            "device_added",
            "device_removed",
            "device_as_before",
            "mailbox_itself",
            "mailbox_itself_back",
        ),
        MEMBERS,
    ),
    **dict.fromkeys(("outside", "outside_undone"), ADMINISTRATORS),
    # Whoever holds what was mailed to a member, or the address of their calendar.
    **dict.fromkeys(("feed", "pressed", "pressed_undone"), EVERYBODY),
    "invitations": ADMINISTRATORS,
    "withdrawal": ADMINISTRATORS,
    "role": ADMINISTRATORS,
    "line": ADMINISTRATORS,
    "departure": ADMINISTRATORS,
    "profile": MEMBERS,
    "profile_undone": MEMBERS,
    "signed_out_elsewhere": MEMBERS,
    "settings": MEMBERS,
    "settings_days": MEMBERS,
    "settings_numbers": MEMBERS,
    "closed_day": ADMINISTRATORS,
    "change": ADMINISTRATORS,
    "change_made": ADMINISTRATORS,
    "change_dropped": ADMINISTRATORS,
    "change_undone": ADMINISTRATORS,
    **dict.fromkeys(
        (
            "connections",
            "connection_new",
            "connection",
            "connection_change",
            "connection_removal",
            "connection_token",
            "connection_test",
            "connection_answer",
            "connection_as_before",
            "receipt_taken",
            "receipt_nobody",
            "receipt_held",
            "sign_in_client",
            "sign_in_client_removal",
            "sign_in_client_before",
            "mail_service",
            "mail_service_key",
            "language_model",
            "language_model_gone",
            "language_model_back",
        ),
        ADMINISTRATORS,
    ),
    **dict.fromkeys(
        ("form_page", "form_thanks", "delivery", "leaving", "mail_service_told"), EVERYBODY
    ),
    **dict.fromkeys(("offer_page", "offer_seen", "list_page"), EVERYBODY),
    **dict.fromkeys(("tracked_target", "tracked_picture"), EVERYBODY),
    **dict.fromkeys(("whether", "doubt_back", "mailbox_answer", "answer_as_before"), MEMBERS),
    "late": MEMBERS,
    "late_undone": MEMBERS,
    "help": MEMBERS,
    "help_page": MEMBERS,
    **dict.fromkeys(
        ("stylesheet", "scripts", "manifest", "service_worker", "offline", "demo"), EVERYBODY
    ),
    "join": EVERYBODY,
    "account_signup": EVERYBODY,
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_confirm_email": EVERYBODY,
    "account_email_verification_sent": EVERYBODY,
    "account_confirm_login_code": EVERYBODY,
    "mfa_authenticate": EVERYBODY,
    "mfa_login_webauthn": EVERYBODY,
    # allauth's own pages about one's own account
    "account_email": OWN,
    "account_reauthenticate": OWN,
    "account_change_password": OWN,
    "account_set_password": OWN,
    "mfa_index": OWN,
    "mfa_reauthenticate": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_view_recovery_codes": OWN,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": OWN,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": OWN,
    "mfa_reauthenticate_webauthn": OWN,
    "mfa_remove_webauthn": OWN,
    "mfa_edit_webauthn": OWN,
}
# Pages that hold nothing of anybody else's: a stranger finds his own there.
A_STRANGERS_OWN = {
    "settings", "settings_days", "settings_numbers", "closed_day", "late", "help",
    "signed_out_elsewhere",
    "wants_plan", "connections",
    "today", "when", "people", "capture", "import", "health", "check_now", "members", "profile",
    "invitations", "found", "learned", "welcome",
    "likenesses",
    "today_day", "order", "done_today", "one", "heard", "capture_known", "find", "keys",
    "waiting", "week", "week_moves", "week_spread", "deals", "deal_new", "deal_stages",
    "promises", "promises_kept", "library", "silence", "views_kept", "together", "sequences",
    "sequence_new", "plan_for_many", "demo_out", "demo_away", "reminders", "reminders_chosen",
    "feed_renewed", "mailboxes", "mailbox_signed_in", "mail_service", "device_added", "outside",
    "late_steps", "mails_of_mine", "mails_of_all", "words", "words_new", "words_answered",
    "kinder", "language_model", "language_model_gone", "language_model_back",
}  # fmt: skip
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


def test_every_address_has_a_line_in_the_table():
    known = {name for name, _ in PATTERNS}

    assert {name for name, *_ in patterns() if not (name or "").startswith("gallery")} == set(TABLE)
    assert None not in known


# --- a shop with a secret in every table -----------------------------------------------------


@pytest.fixture
def shop(db):
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
        assert isinstance(converter, IntConverter | SlugConverter | StringConverter)
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


def tried(client, name, shop):
    """By looking and by sending."""
    there = address_of(name, shop)
    with clock.at(MONDAY + HOUR):
        return [client.get(there), client.post(there, filled() | GIVEN)]


def content(response):
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode() + str(dict(response.headers))


def state():
    """What a refused attempt must not change."""
    return (
        Fact.objects.count(), Text.objects.count(), Alarm.objects.filter(seen_at=None).count(),
        list(Party.objects.order_by("pk").values_list("name", "owner", "forgotten")),
        list(Member.objects.order_by("pk").values_list("name", "role", "active", "line")),
        Want.objects.filter(gone_at=None).count(),
        list(Detail.objects.values_list("text", "gone_at")),
        Invitation.objects.count(), Intake.objects.count(),
        list(Likeness.objects.values_list("state", flat=True)),
        list(Connection.objects.values_list("title", "secret", "removed_at")),
        list(Template.objects.values_list("name", "retired_at")),
        list(TemplateFile.objects.values_list("name", "gone_at")),
        list(LanguageModel.objects.values_list("model", "gone_at")),
        list(Receipt.objects.values_list("outcome", flat=True)),
        list(Message.objects.values_list("state", "recipient")),
        Unsent.objects.count(), AtOnce.objects.count(),
        list(Doubt.objects.values_list("answer", flat=True)),
        list(Mailbox.objects.values_list("member", "secret", "removed_at", "signature", "canary")),
        list(Device.objects.values_list("member", "removed_at")),
    )  # fmt: skip


def behind(*kinds):
    return sorted(name for name, kind in TABLE.items() if kind in kinds)


# --- nobody, a stranger, a plain member -------------------------------------------------------


@pytest.mark.parametrize("name", behind(MEMBERS, ADMINISTRATORS, OWN))
def test_nobody_is_sent_to_the_door(shop, name):
    before = state()

    for answer in tried(Client(), name, shop):
        # allauth says of somebody's key that there is none, before it asks who wants to know
        unknown = (404,) if TABLE[name] == OWN else ()
        assert answer.status_code in (302, 401, 405, *unknown), name
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/account/"), name
        assert SECRET not in content(answer).replace("%", "")
    assert state() == before


@pytest.mark.parametrize("name", behind(EVERYBODY))
def test_what_everybody_may_see_holds_nothing_of_ours(shop, name):
    before = state()

    for answer in tried(Client(), name, shop):
        assert answer.status_code < 500
        assert SECRET not in content(answer)
    assert state() == before


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_stranger_finds_nothing_of_ours(shop, sids, name):
    before = state()

    looked, sent = tried(sids, name, shop)

    for answer in (looked, sent):
        assert answer.status_code < 500, name
        assert SECRET not in content(answer), name
        if TABLE[name] in (MEMBERS, ADMINISTRATORS) and name not in A_STRANGERS_OWN:
            assert answer.status_code in (403, 404, 405), name
    if name not in A_STRANGERS_OWN | {"account_logout", "demo"}:
        assert state() == before


@pytest.mark.parametrize("name", behind(ADMINISTRATORS))
def test_what_is_the_administrators_is_refused_to_a_plain_member(shop, name):
    bobs = client_of(Member.objects.get(name=f"Bob-{SECRET}"))
    before = state()

    statuses = {answer.status_code for answer in tried(bobs, name, shop)}

    assert statuses <= {403, 405}
    assert 403 in statuses
    assert state() == before


def test_a_plain_member_says_nothing_for_a_colleague(shop):
    bobs = client_of(Member.objects.get(name=f"Bob-{SECRET}"))

    for name in ("member", "absence", "presence"):
        assert {one.status_code for one in tried(bobs, name, shop)} <= {403, 405}, name


def test_the_import_of_a_colleague_is_the_managers_to_see(shop):
    bobs = client_of(Member.objects.get(name=f"Bob-{SECRET}"))

    assert [one.status_code for one in tried(bobs, "intake_report", shop)] == [404, 405]


def test_whoever_left_the_team_is_at_the_door_with_the_next_click(bob, bobs):
    assert bobs.get("/").status_code == 200
    bob.active = False
    bob.save()

    assert bobs.get("/").headers["Location"].startswith(settings.LOGIN_REDIRECT_URL + "account/")


def test_pages_about_people_are_not_kept_by_anybody_on_the_way(shop, bobs):
    assert bobs.get("/people/").headers["Cache-Control"] == "private, no-cache"


def test_and_all_of_them_open_to_their_own(shop):
    """Else the walk above would prove nothing."""
    mias = client_of(Member.objects.get(name=f"Mia-{SECRET}"))
    shows = ("today", "outcome", "why", "people", "person", "details", "oblivion", "health",
             "known_one", "members", "member", "departure", "import", "intake", "followup_panel",
             "likenesses", "same_as", "connections", "connection", "connection_change")  # fmt: skip

    for name in shows:
        with clock.at(MONDAY + HOUR):
            answer = mias.get(address_of(name, shop))
        assert (answer.status_code, SECRET in content(answer)) == (200, True), name
