"""Ann answers an old mail under a new subject: Bob is asked what it is about, and says so once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import text_of
from tests.worker.laid import box_of, comes
from tests.worker.letters import letter

from followthrough.channels.email.writing import answered_by
from followthrough.core.facts import Closed, Opened, TheyEnquired
from followthrough.ledger import clock, topics
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Fact, FollowUp, Matter, Party, Topic
from followthrough.ledger.record import record
from followthrough.ledger.topics import bare_topic, is_another

ANN, BOB = "Ann <ann@customer.test>", "bob@banners.test"


@pytest.fixture
def mailbox(mia, bob):
    return box_of(bob)


def asks(mailbox, subject, *, number, at=MONDAY, answers="", text="Could you send me a price?"):
    heads = {"References": f"<{answers}@letters.test>"} if answers else {}
    mail = letter(ANN, BOB, text, at=at, subject=subject, number=number, **heads)
    comes(mailbox, mail, at=at)


@pytest.fixture
def ann(mailbox):
    asks(mailbox, "Banners", number="a")
    asks(mailbox, "A car wrap", number="b", at=MONDAY + HOUR, answers="a")
    return Party.objects.get(name="Ann")


def press(client, answer, **more):
    with clock.at(MONDAY + 2 * HOUR):
        return client.post(
            reverse("topic", args=[Topic.objects.get().pk]), {"answer": answer, **more}, follow=True
        )


def open_with(party):
    rows = FollowUp.objects.filter(party=party, settled_at=None).select_related("matter")
    return [(row.what, row.matter.title) for row in rows.order_by("pk")]


def page_of(client, party):
    with clock.at(MONDAY + 2 * HOUR):
        return text_of(client.get(reverse("person", args=[party.pk])))


def test_a_new_subject_on_an_old_conversation_is_asked_about_where_the_person_stands(bobs, ann):
    assert open_with(ann) == [("Answer them", "Banners")]
    assert "under a new subject: “A car wrap”" in page_of(bobs, ann)

    with clock.at(MONDAY + 2 * HOUR):
        assert "Still “Banners”" in text_of(bobs.get(reverse("today")))


def test_something_new_stands_by_itself_and_is_answered_under_its_own_subject(bobs, ann):
    page = press(bobs, "new", **{"from": "today"})

    assert page.redirect_chain[0][0] == reverse("today")
    assert open_with(ann) == [("Answer them", "Banners"), ("Answer them", "A car wrap")]
    assert "under a new subject" not in page_of(bobs, ann)
    new = Matter.objects.get(party=ann, title="A car wrap")
    assert answered_by(ann, new.key).subject == "A car wrap"


def test_what_follows_in_that_conversation_belongs_to_what_is_new(bobs, mailbox, ann):
    press(bobs, "new")

    asks(mailbox, "Re: A car wrap", number="c", at=MONDAY + 3 * HOUR, answers="b")

    assert open_with(ann) == [("Answer them", "Banners"), ("Answer them", "A car wrap")]
    assert Topic.objects.count() == 1


def test_one_press_takes_it_back(bobs, ann):
    [message] = press(bobs, "new").context["messages"]

    with clock.at(MONDAY + 2 * HOUR + timedelta(minutes=1)):
        bobs.post(message.extra_tags.split()[0])

    assert open_with(ann) == [("Answer them", "Banners")]
    assert "under a new subject" in page_of(bobs, ann)


def test_it_may_belong_where_it_came_or_to_something_else_that_is_open(bobs, mailbox, ann):
    press(bobs, "same")
    assert open_with(ann) == [("Answer them", "Banners")]
    assert "under a new subject" not in page_of(bobs, ann)

    asks(mailbox, "Lettering", number="d", at=MONDAY + HOUR, answers="b")
    Topic.objects.exclude(answer="").delete()
    press(bobs, "new")
    asks(mailbox, "A flag", number="e", at=MONDAY + HOUR, answers="a")
    Topic.objects.exclude(answer="").delete()
    assert "“Banners”" in page_of(bobs, ann)

    press(bobs, Matter.objects.get(party=ann, title="Banners").key)
    assert open_with(ann) == [("Answer them", "Banners"), ("Answer them", "Lettering")]


def test_nobody_is_asked_about_the_same_subject_nor_about_a_mail_that_answers_nothing(
    bobs, mailbox
):
    asks(mailbox, "Banners", number="a")
    asks(mailbox, "AW: Re: Banners (urgent)", number="b", at=MONDAY + HOUR, answers="a")
    asks(mailbox, "A car wrap", number="c", at=MONDAY + 2 * HOUR)

    assert not Topic.objects.exists()


def test_where_the_old_talk_is_closed_it_begins_something_new_and_nobody_is_asked(bobs, mailbox):
    asks(mailbox, "Banners", number="a")
    ann = Party.objects.get(name="Ann")
    closed = Closed(at=MONDAY + timedelta(minutes=1), matter="enquiry-1", outcome="won")
    record(ann, closed, source="won", at=MONDAY + timedelta(minutes=1))

    asks(mailbox, "A car wrap", number="b", at=MONDAY + HOUR, answers="a")

    assert open_with(ann) == [("Answer them", "A car wrap")]
    assert "under a new subject" not in page_of(bobs, ann)


def test_a_stranger_says_nothing_about_it_and_nobody_says_it_twice(bobs, sids, ann):
    assert press(sids, "new").status_code == 404
    press(bobs, "same")

    assert "Somebody has said so already." in text_of(press(bobs, "new"))
    assert open_with(ann) == [("Answer them", "Banners")]


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        ("Re: Banners", "Banners"), ("AW: RE: [Shop 7] WG: Banners", "Banners"),
        ("Re[2]: Banners", "Banners"), ("Return of goods", "Return of goods"), ("Re:", ""),
    ],
)  # fmt: skip
def test_a_subject_is_known_without_what_programs_put_before_it(subject, says):
    assert bare_topic(subject) == says


def test_a_few_more_words_are_the_same_topic_and_no_subject_is_none():
    assert is_another("Car wrap", ["Banners"])
    assert not is_another("banners, please", ["Re: Banners"])
    assert not is_another("", ["Banners"])
    assert not is_another("Car wrap", [])


def test_what_is_open_with_a_record_that_they_were_joined_to_can_be_chosen(
    bobs, ann, workspace, bob
):
    other = party_named("Ann B", workspace, owner=bob)
    record(other, TheyEnquired(at=MONDAY), source="x", at=MONDAY, words=[("A van", "A van?")])
    merge(ann, into=other, by=bob, at=MONDAY + HOUR * 1.5)
    other.refresh_from_db()
    page = page_of(bobs, other)
    assert "under a new subject" in page

    [(key, _van)] = topics.others(Topic.objects.get(), besides=matter_named("Banners")).items()
    press(bobs, key)

    assert ("Answer them", "A van") in open_with(other)
    assert Fact.objects.get(kind="Assigned").matter == key


def test_what_was_closed_meanwhile_is_not_chosen(bobs, ann):
    flag = {"matter": "flag", "at": MONDAY}
    record(ann, Opened(kind="deal", **flag), source="o", at=MONDAY, words=[("A flag", "")])
    record(ann, Closed(outcome="lost", **flag), source="c", at=MONDAY)

    press(bobs, "flag")

    assert Topic.objects.get().answer == ""
    assert open_with(ann) == [("Answer them", "Banners")]


def matter_named(title):
    return Matter.objects.get(title=title)
