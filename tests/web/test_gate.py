"""The one gate: every address of the site, tried by nobody, by a stranger and by a plain member."""

import pytest
from django.conf import settings
from django.test import Client

from followthrough.ledger import (
    clock,
)
from followthrough.ledger.models import (
    Alarm,
    AtOnce,
    Connection,
    Detail,
    Device,
    Doubt,
    Fact,
    Intake,
    Invitation,
    LanguageModel,
    Likeness,
    Mailbox,
    Member,
    Message,
    Party,
    Receipt,
    Template,
    TemplateFile,
    Text,
    Topic,
    Unsent,
    Want,
)
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import filled
from tests.web.gate_shop import GIVEN, PATTERNS, SECRET, address_of, full_shop, patterns
from tests.web.gate_table import (
    A_STRANGERS_OWN,
    ADMINISTRATORS,
    EVERYBODY,
    MEMBERS,
    OWN,
    TABLE,
)


def test_every_address_has_a_line_in_the_table():
    known = {name for name, _ in PATTERNS}

    assert {name for name, *_ in patterns() if not (name or "").startswith("gallery")} == set(TABLE)
    assert None not in known


# --- a shop with a secret in every table -----------------------------------------------------


@pytest.fixture
def shop(db):
    return full_shop()


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
        list(Topic.objects.values_list("answer", flat=True)),
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
