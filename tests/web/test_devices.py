"""Notices on a member's own devices: switched on by a press there, each of them taken away here."""

import pytest
from django.urls import reverse

from followthrough.ledger import clock, devices
from followthrough.ledger.models import Device, Member
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import text_of
from tests.worker.push_service import Browser

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1"


class Nowhere:
    address = "https://push.example"


def says_yes(client, told, agent=PHONE):
    head = {"User-Agent": agent}
    with clock.at(MONDAY):
        return client.post(reverse("device_added"), {"told": told}, follow=True, headers=head)


def test_a_press_adds_the_device_and_it_can_be_taken_back(bob, bobs):
    page = says_yes(bobs, Browser(Nowhere).told())

    [device] = Device.objects.all()
    assert (device.member, device.name) == (bob, "Safari, iPhone")
    assert "Reminders are shown on this device from now on." in text_of(page)

    [message] = page.context["messages"]
    bobs.post(message.extra_tags.split()[0])
    assert not Device.objects.filter(removed_at=None).exists()


def test_each_can_be_removed_and_comes_back_by_undo(bobs):
    says_yes(bobs, Browser(Nowhere, "a").told())
    says_yes(bobs, Browser(Nowhere, "b").told(), "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    [first, _] = Device.objects.order_by("pk")

    page = bobs.post(reverse("device_removed", args=[first.pk]), follow=True)
    assert "Safari, iPhone shows no reminders any more." in text_of(page)
    assert "Firefox, Windows" in text_of(page)

    [message] = page.context["messages"]
    bobs.post(message.extra_tags.split()[0])
    assert Device.objects.filter(removed_at=None).count() == 2


def test_pressed_twice_it_is_one_device(bobs):
    told = Browser(Nowhere).told()

    for _ in range(2):
        says_yes(bobs, told)

    assert Device.objects.count() == 1


def test_a_browser_shows_only_to_whoever_said_yes_in_it_last(bobs, mias, mia):
    told = Browser(Nowhere).told()
    says_yes(bobs, told)

    says_yes(mias, told)

    assert [device.member for device in Device.objects.all()] == [mia]


@pytest.mark.parametrize(
    "told",
    ["", "TypeError", "{", "[]", "null", '{"endpoint": 7, "keys": {}}',
     Browser(Nowhere).told().replace("https:", "ftp:"),
     Browser(Nowhere).told().replace("https:", "http:"),
     Browser(Nowhere, "x" * 2000).told(),
     '{"endpoint": "https://a.example/", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}',
     '{"endpoint": "https://a.example/", "keys": {"p256dh": "é", "auth": 1}}'],
)  # fmt: skip
def test_what_no_browser_says_adds_nothing_and_says_what_to_do(bobs, told):
    page = says_yes(bobs, told)

    assert "This browser cannot show reminders. On an iPhone" in text_of(page)
    assert not Device.objects.exists()


def test_where_the_browser_was_told_no_it_says_how_to_change_that(bobs):
    page = says_yes(bobs, "NotAllowedError")

    assert "Your browser did not allow it." in text_of(page)


def test_a_day_after_it_was_removed_or_its_member_left_nothing_is_kept(bobs, mias, mia, bob):
    says_yes(bobs, Browser(Nowhere, "a").told())
    says_yes(mias, Browser(Nowhere, "b").told())
    says_yes(mias, Browser(Nowhere, "c").told())
    devices.remove(Device.objects.get(endpoint__endswith="/b"), at=MONDAY)
    bob.active = False
    bob.save()

    assert devices.discard_removed(mia.workspace, at=MONDAY + 2 * DAY) == 2
    assert Device.objects.get().endpoint.endswith("/c")


def test_ten_are_enough(bobs):
    for n in range(11):
        page = says_yes(bobs, Browser(Nowhere, str(n)).told())

    assert "10 devices are enough. Remove one first." in text_of(page)
    assert Device.objects.count() == 10


def test_a_stranger_removes_nothing(bobs, sids, mias):
    says_yes(bobs, Browser(Nowhere).told())
    [device] = Device.objects.all()

    for client in (sids, mias):
        there = reverse("device_removed", args=[device.pk])
        assert client.post(there).status_code == 404
    assert Device.objects.get().removed_at is None


def test_over_plain_http_the_page_says_why_there_is_no_button(bobs, settings):
    settings.ALLOWED_HOSTS = ["crm.example.org", "localhost"]
    there = reverse("profile")

    assert "data-push" not in bobs.get(there, headers={"Host": "crm.example.org"}).text
    page = bobs.get(there, headers={"Host": "crm.example.org"})
    assert "only of an address that begins with https" in text_of(page)
    assert "data-push" in bobs.get(there, headers={"Host": "localhost:8000"}).text
    assert "data-push" in bobs.get(there, secure=True, headers={"Host": "crm.example.org"}).text


def test_names_can_be_kept_off_the_lock_screen(bob, bobs):
    says_yes(bobs, Browser(Nowhere).told())
    assert "Names of people stand in the notices" in text_of(bobs.get(reverse("profile")))

    bobs.post(reverse("reminders_chosen"), {"reminds": "mail", "digest": "on"})

    assert Member.objects.get(pk=bob.pk).shows_names is False


def test_without_a_device_the_choice_is_hidden_and_stays_as_it_was(bob, bobs):
    page = bobs.get(reverse("profile"))
    assert 'type="hidden" name="shows_names" value="on"' in page.text

    bobs.post(reverse("reminders_chosen"), {"reminds": "page", "shows_names": "on"})

    assert Member.objects.get(pk=bob.pk).shows_names is True


def test_what_a_service_said_stands_beside_its_device(bobs):
    says_yes(bobs, Browser(Nowhere).told())
    Device.objects.update(problem="503 Try later")

    with clock.at(MONDAY + DAY):
        said = text_of(bobs.get(reverse("profile")))

    assert "Its service does not take them: 503 Try later" in said


def test_the_worker_of_the_browser_shows_what_is_pushed_and_opens_it(bobs):
    text = bobs.get(reverse("service_worker")).text

    assert 'const ICON = "/static/followthrough/img/icon-192.png"' in text
    assert "showNotification" in text
