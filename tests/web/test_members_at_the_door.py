"""Signing up, joining by invitation, signing in: who gets through the door, and who does not."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from followthrough.ledger import clock, membership
from followthrough.ledger.models import Invitation, Member, User
from followthrough.ledger.models.members import ADMINISTRATOR
from tests.cast import LONG_AGO, PASSWORD

MIA = {
    "workspace": "Banners",
    "name": "Mia",
    "email": "Mia@Banners.example",
    "password": PASSWORD,
    "zone": "Europe/London",
    "country": "GB",
}
JOINING = {"name": "Bob", "password": PASSWORD}


def sign_in(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/members/").status_code == 200


def invited(by: Member, *, at: datetime = LONG_AGO, email: str = "bob@banners.example") -> str:
    token = membership.invite(email=email, name="Bob", role="manager", by=by, at=at)
    return f"/join/{token}/"


# ---- the first one ------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_one_opens_the_workspace_and_administers_it(client: Client):
    answer = client.post("/account/signup/", MIA)

    mia = Member.objects.select_related("user", "workspace").get()
    assert answer.url == "/welcome/"
    assert (mia.role, mia.user.email) == (ADMINISTRATOR, "mia@banners.example")
    assert (mia.workspace.name, mia.workspace.country) == ("Banners", "GB")
    assert is_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "chosen", "found"),
    [
        ("Europe/Zurich", "", ("CH", "CHF")),
        ("America/Chicago", "", ("US", "USD")),
        ("America/Chicago", "-", ("", "EUR")),
        ("Europe/Zurich", "DE", ("DE", "EUR")),
        ("UTC", "", ("", "EUR")),
    ],
)
def test_the_country_is_the_one_of_the_zone_unless_another_is_chosen(
    client: Client, zone: str, chosen: str, found: tuple[str, str]
):
    client.post("/account/signup/", MIA | {"zone": zone, "country": chosen})

    team = Member.objects.select_related("workspace").get().workspace
    assert (team.country, team.currency) == found


@pytest.mark.django_db
def test_whoever_comes_first_is_led_to_setting_up_the_team(client: Client):
    answer = client.get("/", follow=True)

    assert [there for there, _ in answer.redirect_chain][-1] == "/account/signup/"
    assert 'name="workspace"' in answer.content.decode()


def test_whoever_comes_later_is_led_to_signing_in(mia: Member, client: Client):
    answer = client.get("/", follow=True)

    assert 'name="login"' in answer.content.decode()


@pytest.mark.django_db
def test_a_weak_password_is_refused_with_a_reason(client: Client):
    answer = client.post("/account/signup/", MIA | {"password": "banners"})

    assert b"This password is too short" in answer.content
    assert not User.objects.exists()


def test_afterwards_the_sign_up_is_closed(mia: Member, client: Client):
    answers = [client.get("/account/signup/"), client.post("/account/signup/", MIA)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Member.objects.count() == 1


# ---- the invited ----------------------------------------------------------------------


def test_an_administrator_gets_a_link_to_copy_once(mias: Client):
    new = {"name": "Bob", "email": "bob@banners.example", "role": "member"}

    first = mias.post("/members/invitations/", new, follow=True).content.decode()
    again = mias.get("/members/").content.decode()

    assert re.search(r'value="http://testserver/join/[\w-]{40,}/"', first)
    assert "/join/" not in again
    assert "bob@banners.example" in again


def test_the_link_itself_is_not_kept(mia: Member):
    token = invited(mia).split("/")[2]

    assert Invitation.objects.get().token_hash == membership.hashed(token) != token


def test_the_invited_joins_with_the_role_he_was_given(mia: Member, client: Client):
    with clock.at(LONG_AGO):
        link = invited(mia)
        answer = client.post(link, JOINING)

    bob = Member.objects.get(name="Bob")
    assert answer.url == "/"
    assert (bob.workspace, bob.role, bob.joined_at) == (mia.workspace, "manager", LONG_AGO)
    assert is_in(client)


def test_an_invitation_opens_once(mia: Member):
    with clock.at(LONG_AGO):
        link = invited(mia)
        Client().post(link, JOINING)

        assert Client().get(link).status_code == 410
        assert Client().post(link, JOINING).status_code == 410
    assert Member.objects.filter(name="Bob").count() == 1


@pytest.mark.parametrize(("days", "status"), [(13.99, 200), (14, 410)])
def test_an_invitation_lasts_fourteen_days(mia: Member, client: Client, days, status):
    link = invited(mia)

    with clock.at(LONG_AGO + timedelta(days=days)):
        assert client.get(link).status_code == status


def test_a_withdrawn_invitation_is_closed(mias: Client, mia: Member, client: Client):
    link = invited(mia, at=clock.now())
    [invitation] = Invitation.objects.all()

    mias.post(f"/members/invitations/{invitation.pk}/withdrawal/")

    assert client.get(link).status_code == 410


def test_inviting_again_closes_the_first_link(mia: Member, client: Client):
    with clock.at(LONG_AGO):
        first, second = invited(mia), invited(mia)

        assert [client.get(link).status_code for link in (first, second)] == [410, 200]


def test_somebody_who_is_here_is_not_invited_again(mias: Client, bob: Member):
    new = {"name": "Bob", "email": "BOB@banners.example", "role": "member"}

    answer = mias.post("/members/invitations/", new)

    assert answer.status_code == 422
    assert b"bob@banners.example has an account here already." in answer.content


def test_an_invented_link_opens_nothing(mia: Member, client: Client):
    assert client.get("/join/an-invented-token/").status_code == 410


# ---- signing in -------------------------------------------------------------------------


def test_the_right_password_lets_in_and_signing_out_closes(bob: Member):
    bobs = sign_in("Bob@banners.example")
    assert is_in(bobs)

    bobs.post("/account/logout/")

    assert not is_in(bobs)


def test_a_wrong_password_does_not(bob: Member):
    assert not is_in(sign_in("bob@banners.example", "guessed it"))


def test_whoever_left_the_team_is_told_so(bob: Member):
    Member.objects.filter(pk=bob.pk).update(active=False)

    answer = Client().post(
        "/account/login/", {"login": bob.user.email, "password": PASSWORD}, follow=True
    )

    assert "You are not in this team now" in answer.content.decode()


def test_after_five_wrong_guesses_even_the_right_one_must_wait(bob: Member):
    for _ in range(5):
        sign_in("bob@banners.example", "guessed it")

    assert not is_in(sign_in("bob@banners.example"))


def test_a_stranger_guessing_does_not_lock_out_a_colleague(bob: Member, mia: Member):
    for _ in range(5):
        sign_in("bob@banners.example", "guessed it")

    assert is_in(sign_in("mia@banners.example"))


def test_nobody_gets_a_page_without_signing_in(client: Client, mia: Member):
    answer = client.get("/members/")

    assert answer.url == "/account/login/?next=/members/"


def test_a_forgotten_password_is_replaced_by_a_link_in_the_mail(bob: Member, client: Client):
    asked = client.post("/account/password/reset/", {"email": "bob@banners.example"}, follow=True)
    [link] = re.findall(r"http://testserver(/\S+)", mail.outbox[0].body)
    form = client.get(link, follow=True)
    new = {"password1": "another kind sentence", "password2": "another kind sentence"}
    client.post(form.request["PATH_INFO"], new)

    assert "Look at your mail" in asked.content.decode()
    assert is_in(sign_in("bob@banners.example", "another kind sentence"))


def test_a_forgotten_password_does_not_tell_who_is_here(mia: Member, client: Client):
    asked = client.post("/account/password/reset/", {"email": "ann@asks.example"}, follow=True)

    assert "Look at your mail" in asked.content.decode()
    assert mail.outbox == []


def test_without_a_mail_server_the_page_says_where_the_mail_lies(settings, client: Client):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    assert "var/outbox" in client.get("/account/password/reset/done/").content.decode()


PAGES = [
    "/account/login/",
    "/account/password/reset/",
    "/account/",
    "/account/password/change/",
    "/account/2fa/",
    "/members/",
    "/",
]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_trusts_only_this_site_and_has_no_inline_script(page: str, mias: Client):
    client = Client() if page in PAGES[:2] else mias

    answer = client.get(page)

    assert answer.status_code == 200
    assert "script-src 'self'; style-src 'self';" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    for script in re.findall(r"<script[^>]*>", answer.content.decode()):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r"\s(style|on\w+)=\"", answer.content.decode())


def test_a_form_without_its_token_is_refused(mia: Member):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/account/login/", {"login": mia.user.email, "password": PASSWORD})

    assert answer.status_code == 403
