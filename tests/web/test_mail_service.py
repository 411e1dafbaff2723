"""A service that sends by HTTP: the request is the last byte, and what it tells decides doubts."""

import base64
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from followthrough.channels.email.services import SERVICES
from followthrough.channels.email.writing import mailboxes_of
from followthrough.core.facts import OptedIn, QuoteSent
from followthrough.ledger import clock, hooks, mailboxes
from followthrough.ledger.credentials import secret_of
from followthrough.ledger.models import Address, Fact, Mailbox, Message, ServiceHook
from followthrough.ledger.outbox import doubts, places
from followthrough.ledger.record import record
from tests.ledger.scene import HOUR, MONDAY
from tests.servers.pages import pages
from tests.servers.postmark import Postmark
from tests.stories.plans import stands, with_plans
from tests.web.desk import kinds, text_of
from tests.worker.sending_scene import answer_to, somebody_asked, state_of, tried, way

SOON = MONDAY + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _on_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def postmark(settings):
    one = Postmark()
    with pages(one.answer) as url:
        settings.ANYMAIL = {"POSTMARK_API_URL": url, "MAILGUN_API_URL": url}
        yield one
        one.over.set()


@pytest.fixture
def mailbox(postmark, mias, workspace):
    assert places.held(workspace, at=MONDAY) is None
    return added(mias)


def added(client, **given):
    said = {"address": "hello@banners.example", "service": "postmark", "key": "the-key"}
    page = client.post(reverse("mail_service"), said | given)
    assert page.status_code == 302, text_of(page)
    return Mailbox.objects.get()


@pytest.fixture
def message(mailbox, workspace, bob):
    ann = somebody_asked("Ann", workspace, bob)
    return answer_to(ann, mailbox, member=bob)


def sent(message, mailbox):
    return tried(message, mailbox, how=way(secret=secret_of))


# --- it leaves ----------------------------------------------------------------------------------


def test_it_leaves_under_its_own_name(postmark, mailbox, message):
    sent(message, mailbox)

    [mail] = postmark.taken
    heads = {one["Name"]: one["Value"] for one in mail["Headers"]}
    assert (message.state, postmark.keys) == ("sent", {"the-key": 1})
    assert (mail["To"], mail["Subject"]) == ("Ann <ann@home.example>", "Your sign")
    assert "with pleasure" in mail["TextBody"]
    assert (heads["Message-ID"], heads["X-PM-KeepID"]) == (message.message_id, "true")
    assert mail["Metadata"] == {"followthrough": message.envelope}
    assert message.answer == "250 Postmark: b7b"


def test_without_an_answer_nobody_knows_and_it_never_goes_twice(postmark, mailbox, message):
    postmark.hangs = True

    sent(message, mailbox)
    sent(message, mailbox)
    with clock.at(MONDAY + HOUR):
        doubts.reconcile(mailbox.workspace, doubts.no_copies, at=MONDAY + HOUR)

    message.refresh_from_db()
    assert (message.state, len(postmark.taken)) == ("in_doubt", 1)
    assert message.asked_at is not None  # a person is asked


def test_a_service_that_fails_in_the_middle_is_in_doubt(postmark, mailbox, message):
    postmark.status = 500

    assert sent(message, mailbox).state == "in_doubt"


def test_a_service_that_is_not_there_surely_took_nothing(settings, mailbox, message):
    settings.ANYMAIL = {"POSTMARK_API_URL": "http://127.0.0.1:1"}

    assert sent(message, mailbox).state == "queued"


def test_a_wrong_key_makes_the_mail_wait_and_another_lets_it_go(postmark, mailbox, message, mias):
    postmark.status = 401
    sent(message, mailbox)
    mailbox.refresh_from_db()
    was = (state_of(message), mailbox.state)

    postmark.status = 200
    mias.post(reverse("mail_service_key", args=[mailbox.pk]), {"key": "another"})
    sent(message, mailbox)

    assert was == ("queued", "refused")
    assert (message.state, postmark.keys["another"]) == ("sent", 1)


@pytest.mark.parametrize(
    ("status", "says", "means"),
    [
        (429, {}, "queued"),
        (413, {}, "failed"),
        (422, {"ErrorCode": 300, "Message": "Invalid 'To' address: 'ann@home.example'."}, "failed"),
        (422, {"ErrorCode": 406, "MessageID": None, "To": None,
               "Message": "You tried to send to recipient(s) that have been marked as inactive. "
               "Found inactive addresses: ann@home.example. Inactive recipients are ones that "
               "have generated a hard bounce, a spam complaint, or a manual suppression."},
         "failed"),
        (422, {"ErrorCode": 400, "Message": "Sender signature not found."}, "failed"),
    ],
)  # fmt: skip
def test_what_it_refuses_is_told(postmark, mailbox, message, status, says, means):
    postmark.status, postmark.says = status, says

    sent(message, mailbox)

    assert (message.state, postmark.taken) == (means, [])


def test_an_answer_that_is_no_answer_is_a_doubt(postmark, mailbox, message):
    postmark.says = {"ErrorCode": "nonsense"}

    assert sent(message, mailbox).state == "in_doubt"


# --- what it tells ------------------------------------------------------------------------------


def event(message, kind, **more):
    common = {"MessageID": "b7b", "Metadata": {"followthrough": message.envelope}, "ID": 7}
    at = {"Delivery": "DeliveredAt", "Bounce": "BouncedAt", "SpamComplaint": "BouncedAt"}
    return common | {"RecordType": kind, at.get(kind, "ReceivedAt"): SOON.isoformat()} | more


def tells(mailbox, told, word="", key=""):
    hook = ServiceHook.objects.get()
    both = f"followthrough:{word or hooks.word_of(hook)}"
    return Client(enforce_csrf_checks=True).post(
        reverse("mail_service_told", args=[key or hook.key]),
        told if isinstance(told, bytes) else json.dumps(told).encode(),
        "application/json",
        headers={"authorization": f"Basic {base64.b64encode(both.encode()).decode()}"},
    )


def bounce(message, kind="HardBounce"):
    return event(message, "Bounce", Type=kind, Email=message.recipient, Description="gone")


def test_what_it_tells_resolves_the_doubt(postmark, mailbox, message):
    postmark.hangs = True
    sent(message, mailbox)

    with clock.at(SOON):
        answer = tells(mailbox, event(message, "Delivery"))

    message.refresh_from_db()
    assert (answer.status_code, message.state, message.evidence) == (200, "sent", "report")
    assert message.delivered_at == SOON


@pytest.mark.parametrize("order", [(0, 1, 0, 1, 1), (1, 0, 1, 0)])
def test_twice_and_in_any_order_it_comes_to_the_same(mailbox, message, order):
    sent(message, mailbox)
    told = [event(message, "Delivery"), bounce(message)]

    with clock.at(SOON + HOUR):
        assert {tells(mailbox, told[n]).status_code for n in order} == {200}

    message.refresh_from_db()
    assert kinds(message.party) == ["TheyEnquired", "WeWrote", "Bounced"]
    assert (message.delivered_at, message.bounced_at) == (SOON, SOON)
    assert Address.objects.get(party=message.party, kind="email").dead_by != ""


def test_a_full_mailbox_is_no_dead_address(mailbox, message):
    sent(message, mailbox)

    with clock.at(SOON):
        tells(mailbox, bounce(message, "SoftBounce"))

    assert kinds(message.party)[-1] == "Bounced"
    assert Address.objects.get(party=message.party, kind="email").dead_by == ""


def test_a_complaint_stops_everything_to_them(mailbox, message):
    sent(message, mailbox)

    with clock.at(SOON):
        tells(mailbox, event(message, "SpamComplaint", Type="SpamComplaint", Email="a@b.test"))

    assert kinds(message.party)[-1] == "OptedOut"


def test_who_leaves_at_the_service_has_left_and_is_heard_once(mailbox, message):
    sent(message, mailbox)
    left = event(message, "SubscriptionChange", SuppressSending=True, ChangedAt=SOON.isoformat())

    with clock.at(SOON + HOUR):
        tells(mailbox, left | {"SuppressionReason": "ManualSuppression"})
    record(message.party, OptedIn(at=SOON + 2 * HOUR), source="yes", at=SOON + 2 * HOUR)
    with clock.at(SOON + 3 * HOUR):
        tells(mailbox, left | {"SuppressionReason": "ManualSuppression"})

    message.refresh_from_db()
    assert message.delivered_at == SOON
    [no] = Fact.objects.filter(party=message.party, kind="OptedOut")
    assert no.own["channels"] == ["email"]


def test_who_leaves_at_the_service_is_in_no_plan_any_more(workspace, mailbox, message):
    sent(message, mailbox)
    with_plans(workspace)
    record(message.party, QuoteSent(at=SOON, matter="sign"), source="quote", at=SOON)
    assert stands(message.party)[0] == "active"

    with clock.at(SOON + HOUR):
        tells(mailbox, event(message, "SubscriptionChange", SuppressSending=True))

    assert stands(message.party)[0] == "stopped"


def test_what_is_not_ours_or_not_believed_changes_nothing(mailbox, message, sids):
    sent(message, mailbox)
    stray = event(message, "Delivery", Metadata={"followthrough": "somebody else's"})

    with clock.at(SOON):
        answers = [
            tells(mailbox, event(message, "Delivery"), word="guessed"),
            tells(mailbox, event(message, "Delivery"), key="nobody"),
            tells(mailbox, b"{no json"),
            tells(mailbox, stray),
            tells(mailbox, event(message, "Open")),
        ]

    message.refresh_from_db()
    assert [one.status_code for one in answers] == [401, 404, 400, 200, 200]
    assert message.delivered_at is None


# --- the screens ----------------------------------------------------------------------------------


def test_its_page_says_what_it_does_and_where_it_tells(mailbox, mias, bobs):
    page = mias.get(reverse("mailbox", args=[mailbox.pk])).content.decode()

    hook = ServiceHook.objects.get()
    assert "It only sends" in page
    assert f"http://followthrough:{hooks.word_of(hook)}@testserver/in/mail/{hook.key}/" in page
    assert "the-key" not in page + mailbox.secret
    assert bobs.get(reverse("mail_service")).status_code == 403
    assert "hello@banners.example sends" in text_of(mias.get(reverse("health")))


def test_the_same_address_may_be_read_by_its_own_mailbox(mailbox, mias, bob):
    mailboxes.connect(
        bob, "x", at=MONDAY, address=mailbox.address, username="hello",
        imap_host="imap.banners.example", smtp_host="smtp.banners.example",
    )  # fmt: skip

    said = {"address": mailbox.address, "service": "brevo", "key": "k"}
    twice = mias.post(reverse("mail_service"), said)

    assert [one.imap_host for one in mailboxes.of_member(bob)] == ["imap.banners.example"]
    assert "This mailbox is connected already." in text_of(twice)


def test_where_there_is_another_nobody_writes_from_it_unasked(mailbox, mias, bob):
    info = mailboxes.connect(
        bob, "x", at=MONDAY, address="info@banners.example", username="info", shared=True,
        imap_host="imap.banners.example", smtp_host="smtp.banners.example",
    )  # fmt: skip

    assert list(mailboxes_of(bob)) == [info, mailbox]


def test_mailgun_signs_with_a_key_of_its_own(postmark, mias):
    said = {"address": "h@banners.example", "service": "mailgun", "key": "k", "signs": ""}

    refused = mias.post(reverse("mail_service"), said)
    made = added(mias, service="mailgun", signs="its-key")

    assert "Without it nothing that the service tells can be believed." in text_of(refused)
    assert hooks.word_of(hooks.hook_of(made)) == "its-key"


@pytest.mark.parametrize("key", SERVICES)
def test_every_service_can_be_given_a_mail(key, postmark, mias, workspace, bob):
    made = added(mias, service=key, signs="its-key")
    assert places.held(workspace, at=MONDAY) is None
    message = answer_to(somebody_asked("Ann", workspace, bob), made, member=bob)

    from followthrough.channels.email.lines import Mail  # noqa: PLC0415
    from followthrough.channels.email.posting import Posting  # noqa: PLC0415

    row = Message.objects.get(pk=message.pk)
    mail = Mail(
        id=1, sender=row.sender, recipient=row.recipient, envelope=row.envelope, raw=bytes(row.raw)
    )
    with Posting(SERVICES[key], "k") as posting:
        assert posting.stage([mail]) == {}
