"""A company: its people, what is open with each, who comes and who goes."""

from django.urls import reverse

from followthrough.core.facts import WeCalled
from followthrough.ledger import clock
from followthrough.ledger.models import Address, Party
from followthrough.ledger.search import make_findable
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, hear, kinds, quiet, text_of, undo_of

BAKERY = "Archer’s Bakery"


def at_work(*parties):
    for party in parties:
        party.company = BAKERY
        party.save(update_fields=["company"])
    make_findable(parties)


def company(client, party, **given):
    there = reverse("company", args=[party.pk])
    with clock.at(MONDAY + HOUR):
        return client.post(there, given, follow=True) if given else client.get(there)


def move(client, party, to):
    with clock.at(MONDAY + HOUR):
        there = reverse("moved", args=[party.pk])
        return client.post(there, {"company": to, "token": to}, follow=True)


def test_it_shows_its_people_and_what_is_open_with_each(ann, pat, bob, bobs):
    at_work(ann, pat)
    enquired(ann)
    hear(ann, WeCalled(at=MONDAY - DAY, by=str(bob.pk), outcome="message"))
    quiet(pat, MONDAY - 12 * DAY)

    page = company(bobs, ann)

    assert [(line["party"].name, bool(line["steps"])) for line in page.context["people"]] == [
        ("Ann", True), ("Pat", True),
    ]  # fmt: skip
    assert "Answer them" in text_of(page)


def test_the_company_was_last_in_contact_when_anybody_was(ann, pat, bobs):
    at_work(ann, pat)
    quiet(ann, MONDAY - 40 * DAY)
    quiet(pat, MONDAY - 12 * DAY)

    assert company(bobs, ann).context["contact"] == "last contact 12 days ago (us, mail)"


def test_somebody_is_added_to_it(ann, bobs):
    at_work(ann)

    page = company(bobs, ann, name="Zoe Hart", role="Accounts", email="zoe@bakery.example")

    assert "Accounts, Archer’s Bakery" in text_of(page)
    assert {line["party"].name for line in company(bobs, ann).context["people"]} == {
        "Ann", "Zoe Hart",
    }  # fmt: skip


def test_a_mail_address_of_somebody_else_is_refused_and_nothing_is_lost(ann, bobs):
    at_work(ann)
    company(bobs, ann, name="Zoe Hart", email="zoe@bakery.example")

    page = company(bobs, ann, name="Zed", email="zoe@bakery.example")

    assert (page.status_code, "belongs to Zoe Hart" in text_of(page)) == (422, True)
    assert page.context["form"]["name"].value() == "Zed"


def test_whoever_goes_to_another_company_is_found_there_with_the_day(ann, pat, bobs):
    at_work(ann, pat)

    page = move(bobs, ann, "Bell Lane")

    assert kinds(ann) == ["Moved"]
    assert "Archer’s Bakery → Bell Lane" in text_of(page)
    assert [line["party"].name for line in company(bobs, pat).context["people"]] == ["Pat"]


def test_a_move_is_taken_back(ann, bobs):
    at_work(ann)
    page = move(bobs, ann, "Bell Lane")

    with clock.at(MONDAY + 2 * HOUR):
        bobs.post(undo_of(page))

    ann.refresh_from_db()
    assert (ann.company, kinds(ann)) == (BAKERY, ["Moved", "Retracted"])


def test_to_nowhere_nobody_moves(ann, bobs):
    at_work(ann)

    assert "Write where they work now." in text_of(move(bobs, ann, " "))
    assert kinds(ann) == []


# --- who they are ---------------------------------------------------------------------


def change(client, party, **given):
    there = reverse("details", args=[party.pk])
    with clock.at(MONDAY):
        return client.post(there, {"name": party.name} | given, follow=True)


def test_what_was_edited_is_as_it_was_again(ann, bobs):
    before = {*Address.objects.values_list("pk", flat=True)}
    page = change(bobs, ann, name="Ann Bell", role="Owner", company="Bell", zone="Europe/Lisbon",
                  email="ann@bell.example", about="Rows.")  # fmt: skip
    assert "Owner, Bell" in text_of(page)

    with clock.at(MONDAY):
        bobs.post(undo_of(page))

    ann.refresh_from_db()
    assert (ann.name, ann.company, ann.zone, ann.about) == ("Ann", "", "", "")
    assert ann.people.get().role == ""
    assert {*Address.objects.values_list("pk", flat=True)} == before


def test_a_zone_that_is_none_is_said(ann, bobs):
    assert "Europe/Lisbon" in text_of(change(bobs, ann, zone="Moon/Base"))
    assert Party.objects.get(pk=ann.pk).zone == ""


def test_an_address_is_taken_away_and_comes_back(ann, bobs):
    mail = Address.objects.get(party=ann, kind="email")
    with clock.at(MONDAY):
        page = bobs.post(reverse("address", args=[mail.pk]), {"remove": "yes"}, follow=True)
        assert not Address.objects.filter(party=ann, kind="email").exists()

        bobs.post(undo_of(page))

    assert Address.objects.get(party=ann, kind="email").value == mail.value


def test_handing_over_is_taken_back(ann, bob, mia, bobs):
    enquired(ann)
    with clock.at(MONDAY + HOUR):
        page = bobs.post(reverse("owner", args=[ann.pk]), {"to": mia.pk}, follow=True)
    with clock.at(MONDAY + 2 * HOUR):
        bobs.post(undo_of(page))

    ann.refresh_from_db()
    assert (ann.owner, ann.matters.get().owner) == (bob, bob)


# --- what they allow ------------------------------------------------------------------


def allow(client, party, **given):
    with clock.at(MONDAY):
        there = reverse("consent", args=[party.pk])
        return client.post(there, {"token": repr(given)} | given, follow=True)


def way(page, name):
    [line] = [line for line in page.context["consent"] if line["way"] == name]
    return line["state"], line["origin"]


def test_each_way_says_who_said_so_and_when(ann, bobs):
    enquired(ann, MONDAY - 4 * DAY)

    page = allow(bobs, ann, channel="sms", say="no", said="She, on the phone")

    assert way(page, "sms") == ("No", "She, on the phone, today (Bob)")
    assert way(page, "email") == ("Yes", "They enquired by the website, Thu 26 Feb")
    assert way(page, "call") == ("Not asked yet", "")


def test_the_key_of_a_way_they_refused_rests(ann, bobs):
    assert 'data-key="t"' in allow(bobs, ann, channel="card", say="yes").content.decode()

    page = allow(bobs, ann, channel="sms", say="no")

    assert 'data-key="t"' not in page.content.decode()
    assert [(one["key"], one["label"]) for one in page.context["barred"]] == [("t", "Texts")]
