"""Look around first: one press in, one press out, and never mixed with what is real."""

from io import StringIO

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.demo import workspace as demo
from followthrough.ledger.models import Member, Party, User, Workspace
from followthrough.reports.promises_kept import promises_kept
from tests.ledger.scene import MONDAY, party_named
from tests.web.desk import enquired, text_of

SIGN_UP = {
    "workspace": "Banners", "name": "Mia", "email": "mia@banners.example",
    "password": "seven kind words a day", "zone": "Europe/London", "country": "GB",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _monday(db):
    with clock.at(MONDAY):
        yield


def go_in(client):
    return client.post(reverse("demo"), follow=True)


def rows_of(workspace):
    """How many each table holds of this workspace, or of all."""
    tables = [table for table in apps.get_app_config("ledger").get_models() if table is not User]
    return {
        table.__name__: (
            table.objects.filter(pk=workspace.pk) if table is Workspace
            else table.objects.filter(workspace=workspace)
        ).count()
        for table in tables
    }  # fmt: skip


# --- before there is a team --------------------------------------------------------------


def test_whoever_comes_first_looks_around_with_one_press():
    client = Client()
    assert "Look around first" in text_of(client.get(reverse("account_signup")))

    page = text_of(go_in(client))

    assert "You are looking around. Nothing here is real, and no mail leaves." in page
    for name in ("Ann Archer", "Tom Hale", "Ruth Bell", "Leo Marsh", "Ines Duarte"):
        assert name in page


@pytest.mark.parametrize(
    "there",
    ["/", "/people/", "/health/", "/promises/", "/promises/kept/", "/members/", "/capture/"],
)
def test_each_screen_is_alive(there):
    client = Client()
    go_in(client)

    page = client.get(there)
    assert page.status_code == 200
    assert "You are looking around." in text_of(page)


def test_the_figures_of_the_demo_are_worth_a_look():
    bob = demo.make(like=None, at=MONDAY)

    assert audit(bob.workspace, at=MONDAY).uncovered == 0
    record = promises_kept(bob, MONDAY)
    assert record.share.of > 20
    assert 0.8 < record.share.value < 1
    assert record.counted("late") > 1


def test_after_looking_around_one_starts_for_real():
    client = Client()
    go_in(client)
    out = client.post(reverse("demo_out"), follow=True)
    assert "You are the first one here" in text_of(out)

    client.post(reverse("account_signup"), SIGN_UP)

    assert Workspace.objects.filter(demo=False).get().name == "Banners"
    people = text_of(client.get("/people/"))
    assert "Ann Archer" not in people
    assert "You are looking around." not in people


def test_signing_up_inside_the_demo_leads_out_of_it():
    client = Client()
    go_in(client)
    client.post(reverse("account_signup"), SIGN_UP)

    assert "You are looking around." not in text_of(client.get("/"))


def test_once_there_is_a_team_strangers_are_shut_out(client):
    stranger = Client()
    go_in(stranger)
    Client().post(reverse("account_signup"), SIGN_UP)

    assert stranger.get("/people/").status_code == 302
    assert Client().post(reverse("demo")).status_code == 302
    assert Client().get(reverse("demo")).url == reverse("account_login")


def test_nobody_signs_in_as_somebody_of_the_demo():
    bob = demo.make(like=None, at=MONDAY)

    assert not bob.user.has_usable_password()
    Client().post(reverse("account_reset_password"), {"email": bob.user.email})
    assert mail.outbox == []


def test_in_the_demo_there_is_no_account_to_change():
    client = Client()
    go_in(client)

    assert client.get("/account/").url == reverse("demo")
    assert client.get("/account/password/change/").url == reverse("demo")


def test_signing_out_of_the_demo_ends_it():
    client = Client()
    go_in(client)
    client.post(reverse("account_logout"))

    assert client.get("/").status_code == 302


# --- beside a real team ------------------------------------------------------------------


def test_a_member_goes_over_and_comes_back_to_their_own_people(workspace, bob, bobs):
    enquired(party_named("Zoe", workspace, bob))

    assert "Zoe" not in text_of(go_in(bobs))
    assert "Ann Archer" in text_of(bobs.get("/people/"))

    home = text_of(bobs.post(reverse("demo_out"), follow=True))
    assert "Zoe" in home
    assert "Ann Archer" not in home


def test_what_is_done_in_the_demo_stays_there(workspace, bob, bobs):
    before = rows_of(workspace)
    go_in(bobs)
    said = {"name": "Ray", "reach": "020 7946 0999", "when": "tomorrow 9am", "token": "t"}
    bobs.post("/capture/", said)

    assert rows_of(workspace) == before
    assert Party.objects.filter(name="Ray", workspace__demo=True).exists()


def test_nobody_of_ours_is_opened_from_the_demo(workspace, bob, bobs):
    zoe = party_named("Zoe", workspace, bob)
    go_in(bobs)

    assert bobs.get(reverse("person", args=[zoe.pk])).status_code == 404


def test_it_can_be_entered_again_as_it_was_left(bob, bobs):
    go_in(bobs)
    there = demo.guide().workspace
    bobs.post(reverse("demo_out"))
    go_in(bobs)

    assert demo.guide().workspace == there


def test_taken_away_no_table_holds_a_row_of_it(workspace, bob, bobs, mia):
    ours, users = rows_of(workspace), User.objects.count()
    go_in(bobs)
    there = demo.guide().workspace
    filled = [name for name, many in rows_of(there).items() if many]
    assert {"Fact", "FollowUp", "Text", "OwnKey", "Detail", "Want", "Alarm", "Party"} <= {*filled}

    home = text_of(bobs.post(reverse("demo_away"), follow=True))

    assert "The demo is gone, all of it." in home
    assert set(rows_of(there).values()) == {0}
    assert (rows_of(workspace), User.objects.count()) == (ours, users)


def test_from_outside_only_an_administrator_takes_it_away(bob, bobs, mia, mias):
    demo.make(like=None, at=MONDAY)

    assert bobs.post(reverse("demo_away")).status_code == 403
    mias.post(reverse("demo_away"))
    assert demo.guide() is None


def test_who_is_inside_when_it_goes_is_at_home_again(bob, bobs, mia, mias):
    go_in(bobs)
    mias.post(reverse("demo_away"))

    assert bobs.get("/").status_code == 200
    assert Member.objects.filter(workspace__demo=True).count() == 0


def test_it_counts_in_no_alarm_of_the_house(workspace):
    bob = demo.make(like=None, at=MONDAY)
    out = StringIO()
    call_command("audit", stdout=out)

    assert bob.workspace.name not in out.getvalue()


def test_it_stands_in_the_money_and_the_calendar_of_those_who_look(workspace, bob):
    guide = demo.make(like=workspace, at=MONDAY)

    assert (guide.workspace.zone, guide.workspace.country) == ("Europe/London", "GB")
