"""Signing in at the provider's own page: read and sent from by token, ended and begun anew."""

from datetime import timedelta

import pytest
from django.urls import reverse

from followthrough.inlets.servers.passes import secret_for
from followthrough.ledger import clock, sign_ins
from followthrough.ledger.credentials import secret_of
from followthrough.ledger.models import AccessToken, Alarm, Mailbox, SignInClient
from followthrough.ledger.outbox import places
from followthrough.worker.sending.dispatch import AS_EVER
from followthrough.worker.sending.post import Post
from tests.ledger.scene import HOUR, MONDAY
from tests.servers.oauth import provider, signs_in_there
from tests.web.desk import text_of
from tests.worker.letters import letter, read, states
from tests.worker.sending_scene import answer_to, somebody_asked, state_of

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _on_monday(settings, monkeypatch):
    settings.MAIL_INSIDE = "machine"
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # this machine alone
    with clock.at(MONDAY):
        yield


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def theirs(box):
    with provider(for_whom=box.address) as found:
        yield found


@pytest.fixture
def set_up(mail_world, theirs, mias):
    """Mia has registered us there."""
    page = mias.post(reverse("sign_in_client", args=["own"]), client_form(mail_world, theirs))
    assert page.status_code == 302


def client_form(world, theirs, **given):
    servers = {
        "imap_host": "localhost", "imap_port": world.dovecot.port, "imap_security": "plain",
        "smtp_host": "localhost", "smtp_port": world.postfix.submission, "smtp_security": "plain",
    }  # fmt: skip
    said = {
        "name": "Our house", "client_id": "banners", "secret": "client-secret", "scopes": "mail",
        "authorize_at": f"{theirs.url}/authorize", "token_at": f"{theirs.url}/token",
    }  # fmt: skip
    return said | servers | given


def begins(client, box):
    said = {"address": box.address, "password": "", "provider": "", "months": "6", "by": "own"}
    return client.post(reverse("mailboxes"), said)


def signs_in(client, box):
    return client.get(signs_in_there(begins(client, box).context["there"]), follow=True)


@pytest.fixture
def mailbox(set_up, bobs, box):
    signs_in(bobs, box)
    return Mailbox.objects.get()


# --- there and back --------------------------------------------------------------------------


def test_a_mailbox_is_connected_without_a_password(set_up, theirs, bob, bobs, box):
    going = begins(bobs, box)
    page = bobs.get(signs_in_there(going.context["there"]), follow=True)

    made = Mailbox.objects.get()
    assert "Your password stays there." in text_of(going)
    assert "Connected. It is read from now on." in text_of(page)
    assert (made.member, made.sign_in, made.provider) == (bob, "token", "own")
    assert secret_of(made) in theirs.living
    assert secret_of(made) not in AccessToken.objects.get().token + made.secret


def test_a_way_back_that_was_not_begun_here_opens_nothing(set_up, bobs, mias, box):
    back = signs_in_there(begins(bobs, box).context["there"])

    pages = [mias.get(back, follow=True), bobs.get(back.replace("state=", "state=x"), follow=True)]
    again = bobs.get(back, follow=True)  # and once tried, it is over

    assert all("was not begun here" in text_of(page) for page in (*pages, again))
    assert not Mailbox.objects.exists()


def test_who_says_no_there_is_told_that_nothing_changed(set_up, bobs, box):
    begins(bobs, box)
    state = bobs.session["mailbox_sign_in"]["state"]

    page = bobs.get(
        reverse("mailbox_signed_in"), {"error": "access_denied", "state": state}, follow=True
    )

    assert "The sign-in was not finished there." in text_of(page)


def test_who_signs_in_as_somebody_else_is_told(set_up, theirs, bobs, box):
    theirs.for_whom = "somebody.else@banners.test"

    page = signs_in(bobs, box)

    assert f"Sign in again, as {box.address}" in text_of(page)
    assert not Mailbox.objects.exists()


def test_a_wrong_client_secret_is_the_administrators(set_up, bobs, box):
    row = SignInClient.objects.get()
    sign_ins.give_client_secret(row, "another")
    row.save()

    page = signs_in(bobs, box)

    assert "does not know this program as it was set up here (invalid_client)" in text_of(page)


# --- read and sent from ------------------------------------------------------------------------


def test_a_token_that_ended_is_fetched_anew_once_and_the_mail_is_read(
    mail_world, theirs, mailbox, box
):
    mail_world.file(box, letter("ann@customer.test", box.address).as_bytes())

    with clock.at(MONDAY + 2 * HOUR):
        read(mailbox, at=MONDAY + 2 * HOUR)
        read(mailbox, at=MONDAY + 2 * HOUR + MINUTE)

    assert (states(mailbox), theirs.asked["refresh_token"]) == (["read"], 1)
    mailbox.refresh_from_db()
    assert secret_of(mailbox) in theirs.living  # it gave a new one with it


def test_of_two_who_need_the_next_token_one_fetches_it(theirs, mailbox):
    soon = MONDAY + HOUR - MINUTE  # this one is good for another minute
    before = secret_for(mailbox, inside="machine", at=MONDAY)
    assert sign_ins.may_fetch(mailbox, "somebody else", at=soon)

    meanwhile = secret_for(mailbox, inside="machine", at=soon)

    assert (meanwhile == before, theirs.asked["refresh_token"]) == (True, 0)
    assert not sign_ins.may_fetch(mailbox, "me", at=soon)
    assert sign_ins.may_fetch(mailbox, "me", at=soon + MINUTE)  # whoever began it has vanished


def test_one_that_is_refused_before_its_time_is_fetched_anew(mail_world, theirs, mailbox, box):
    row = AccessToken.objects.get()
    sign_ins.keep_tokens(mailbox, "no token", "", until=row.expires_at, at=MONDAY - HOUR)
    mail_world.file(box, letter("ann@customer.test", box.address).as_bytes())

    read(mailbox)

    assert (states(mailbox), theirs.asked["refresh_token"]) == (["read"], 1)


def test_mail_leaves_by_token(mail_world, workspace, bob, mailbox):
    to = mail_world.mailbox("ann", "customer.test")
    assert places.held(workspace, at=MONDAY) is None
    message = answer_to(somebody_asked("Ann", workspace, bob), mailbox, to=to.address)

    with clock.at(MONDAY + MINUTE):
        Post(way=AS_EVER).send_from(mailbox)

    assert state_of(message) == "sent"
    mail_world.wait_for(to, 1)


# --- ended ---------------------------------------------------------------------------------------


def test_ended_there_it_is_told_once_and_opened_by_signing_in_again(
    mail_world, theirs, mailbox, mia, bob, bobs, box
):
    theirs.revoked = True
    with clock.at(MONDAY + 2 * HOUR):
        read(mailbox, at=MONDAY + 2 * HOUR)
        page = text_of(bobs.get(reverse("mailbox", args=[mailbox.pk])))
    told = sorted(Alarm.objects.values_list("member__name", flat=True))

    assert (mailbox.state, told) == ("refused", ["Bob", "Mia"])
    assert "Our house no longer lets us in" in page
    assert "Type the password again" not in page
    theirs.revoked = False
    with clock.at(MONDAY + 3 * HOUR):
        going = bobs.post(reverse("mailbox_sign_in", args=[mailbox.pk]))
        page = bobs.get(signs_in_there(going.context["there"]), follow=True)
    mailbox.refresh_from_db()
    assert "Signed in. It is read and can send again." in text_of(page)
    assert (mailbox.state, mailbox.problem) == ("works", "")


def test_a_mail_waits_while_the_sign_in_has_ended(workspace, theirs, mailbox, bob):
    assert places.held(workspace, at=MONDAY) is None
    message = answer_to(somebody_asked("Ann", workspace, bob), mailbox)
    theirs.revoked = True

    with clock.at(MONDAY + 2 * HOUR):
        Post(way=AS_EVER).send_from(mailbox)

    mailbox.refresh_from_db()
    assert (state_of(message), mailbox.state) == ("queued", "refused")


def test_a_provider_that_is_away_shuts_nobody_out(theirs, mailbox):
    theirs.away = True

    with clock.at(MONDAY + 2 * HOUR):
        read(mailbox, at=MONDAY + 2 * HOUR)

    assert mailbox.state == "works"
    assert "does not answer just now" in mailbox.problem


# --- who sets it up ---------------------------------------------------------------------------


def test_only_administrators_set_it_up_and_the_secret_is_never_shown(
    mail_world, theirs, set_up, bobs, mias, sids
):
    address = reverse("sign_in_client", args=["own"])

    shown = mias.get(address).content.decode()
    kept = mias.post(address, client_form(mail_world, theirs, secret="", name="Renamed"))

    assert "client-secret" not in shown + SignInClient.objects.get().secret
    assert "/settings/mailboxes/signed-in/" in shown
    assert (bobs.get(address).status_code, kept.status_code) == (403, 302)
    assert sign_ins.client_secret_of(SignInClient.objects.get()) == "client-secret"
    assert "Renamed" not in text_of(sids.get(reverse("mailboxes")))


def test_taken_away_and_taken_back(set_up, mias):
    page = mias.post(reverse("sign_in_client_removal", args=["own"]), follow=True)
    assert not SignInClient.objects.exists()

    mias.post([message.extra_tags for message in page.context["messages"]][-1].split()[0])

    assert sign_ins.client_secret_of(SignInClient.objects.get()) == "client-secret"


def test_for_the_great_providers_the_places_are_known(mias):
    page = mias.get(reverse("sign_in_client", args=["microsoft"])).content.decode()

    assert "https://login.microsoftonline.com/common/oauth2/v2.0/authorize" in page
    assert mias.get(reverse("sign_in_client", args=["gmx"])).status_code == 404


def test_where_one_signs_in_is_protected(settings, mail_world, theirs, mias):
    settings.MAIL_INSIDE = ""

    page = mias.post(reverse("sign_in_client", args=["own"]), client_form(mail_world, theirs))

    assert "It has to begin with https://" in text_of(page)
