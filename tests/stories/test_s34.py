"""S34: A form and a mail of the same person within five minutes are one person and one matter."""

from django.urls import reverse
from tests.web.desk import first_owed, text_of
from tests.worker.bringing_in import bring_in, mbox

from followthrough.ledger import clock
from followthrough.ledger.models import Matter, Party

FORM = (
    b"From: Website <noreply@banners.example>\nTo: bob@banners.example\n"
    b"Reply-To: Ann Archer <ann@archer.example>\nSubject: Contact form\n"
    b"Message-ID: <form-1@banners.example>\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\n"
    b"Name: Ann Archer\nMessage: What would a sign cost?\n"
)
MAIL = (
    b"From: Ann Archer <ann@archer.example>\nTo: bob@banners.example\n"
    b"Subject: A sign for the bakery\nMessage-ID: <1@archer.example>\n"
    b"Date: Mon, 2 Mar 2026 09:04:00 +0000\n\nI have just filled in your form. Do you call me?\n"
)


def test_s34_one_person_one_matter_two_sources(bob, bobs):
    intake = bring_in(bob, mbox(FORM, MAIL), ours=("bob@banners.example",))

    [ann] = Party.objects.all()
    assert intake.counts["outcomes"] == {"linked": 2}
    assert Matter.objects.count() == 1
    assert first_owed(ann).count == 1
    with clock.at(intake.created_at):
        page = bobs.get(reverse("person", args=[ann.pk]))
    titles = [item["title"] for month in page.context["months"] for item in month["items"]]
    told = [title for title in titles if not title.startswith("Warm from here")]
    assert told == ["They wrote", "They enquired by the website"]
    assert "1 unanswered" not in text_of(page)


def test_s34_the_other_order_is_the_same(bob):
    bring_in(bob, mbox(MAIL, FORM), ours=("bob@banners.example",))

    assert (Party.objects.count(), Matter.objects.count()) == (1, 1)
