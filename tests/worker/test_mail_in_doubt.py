"""Mail that may be an answer: a plan waits until somebody has said so, with one press."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.stories.plans import stands, with_plans
from tests.web.desk import hear, kinds, owed_to, text_of
from tests.worker.laid import box_of, comes
from tests.worker.letters import letter
from tests.worker.test_mail_heard_of import handed_over

from followthrough.channels.email.letter import Letter, ready
from followthrough.core.facts import QuoteSent, TheyEnquired
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Address, Detail, Doubt, Message, Party, Proposal
from followthrough.ledger.outbox.queueing import For, queue

MINUTE = timedelta(minutes=1)
LATER = MONDAY + 5 * MINUTE
ANN = "ann@customer.test"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def mailbox(workspace, mia, bob):
    with_plans(workspace)
    return box_of(bob)


@pytest.fixture
def ann(workspace, bob, mailbox):
    return somebody("Ann", ANN, workspace, bob)


def somebody(name, address, workspace, owner):
    party = party_named(name, workspace, owner=owner)
    Address.objects.filter(party=party, kind="email").update(value=address, canonical=address)
    return party


@pytest.fixture
def sent(ann, mailbox):
    """Bob's quote to Ann left through here, and a plan runs."""
    hear(ann, QuoteSent(at=MONDAY - DAY, matter="sign"))
    message = mailed(ann, mailbox, ANN)
    assert stands(ann)[0] == "active"
    return message


def mailed(party, mailbox, to, matter="sign"):
    written = ready(
        Letter(sender=mailbox.address, to=to, subject="Your sign", text="Hi"), at=MONDAY
    )
    what = For(key=f"k:{to}", party=party, member=mailbox.member, mailbox=mailbox, matter=matter)
    message = queue(written, what, at=MONDAY)
    handed_over(message)
    message.refresh_from_db()
    return message


def answers(message, sender, text="Yes please.", **heads):
    heads.setdefault("subject", "Re: Your sign")
    return letter(
        sender, "bob@banners.test", text, at=LATER, In_Reply_To=message.message_id, **heads
    )


def rules(party):
    return [row.rule for row in owed_to(party)]


def says(client, party, answer):
    [row] = [row for row in owed_to(party) if row.rule == "ask_whether"]
    with clock.at(LATER + MINUTE):
        return client.post(reverse("whether", args=[row.pk]), {"answer": answer}, follow=True)


def undone(client, response):
    with clock.at(LATER + 2 * MINUTE):
        client.post(next(iter(response.context["messages"])).extra_tags)


# --- from another address --------------------------------------------------------------------


def test_an_answer_from_an_address_that_nobody_knows_pauses_the_plan_and_asks(
    workspace, mailbox, ann, sent
):
    comes(mailbox, answers(sent, "Ann Archer <ann.private@gmail.com>"), at=LATER)

    assert stands(ann) == ("waiting", "perhaps")
    assert rules(ann) == ["ask_whether"]
    assert Party.objects.count() == 1
    assert audit(workspace, at=LATER).uncovered == 0


def test_a_yes_ends_the_plan_and_the_address_is_theirs_from_now_on(bobs, mailbox, ann, sent):
    comes(mailbox, answers(sent, "Ann Archer <ann.private@gmail.com>"), at=LATER)

    says(bobs, ann, "yes")

    assert stands(ann) == ("stopped", "replied")
    assert rules(ann) == ["answer_them"]
    assert Address.objects.filter(party=ann, value="ann.private@gmail.com").exists()
    again = letter("ann.private@gmail.com", "bob@banners.test", number="again", at=LATER + DAY)
    comes(mailbox, again, at=LATER + DAY)
    assert Party.objects.count() == 1


def test_a_no_lets_the_plan_go_on_and_the_writer_waits_as_somebody_of_their_own(
    bobs, mailbox, ann, sent
):
    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>"), at=LATER)

    says(bobs, ann, "no")

    carl = Party.objects.get(name="Carl")
    assert stands(ann)[0] == "active"
    assert rules(carl) == ["answer_them"]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_was_said_can_be_taken_back(answer, bobs, mailbox, ann, sent):
    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>"), at=LATER)

    undone(bobs, says(bobs, ann, answer))

    assert stands(ann) == ("waiting", "perhaps")
    assert rules(ann) == ["ask_whether"]
    assert not Address.objects.filter(party=ann, value="carl@elsewhere.test").exists()


def test_the_page_shows_who_wrote_what(bobs, mailbox, ann, sent):
    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>", "We take it."), at=LATER)
    [row] = owed_to(ann)

    with clock.at(LATER):
        page = text_of(bobs.get(reverse("whether", args=[row.pk])))
        today = text_of(bobs.get("/"))

    assert "Carl carl@elsewhere.test" in page
    assert "We take it." in page
    assert "It is their answer" in page
    assert "Is it their answer?" in today


def test_one_press_on_today_is_enough(bobs, mailbox, ann, sent):
    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>"), at=LATER)
    [row] = owed_to(ann)

    with clock.at(LATER):
        panel = bobs.get(reverse("followup_panel", args=[row.pk])).content.decode()

    assert f'action="{reverse("whether", args=[row.pk])}"' in panel
    assert 'name="answer" value="no">Go on' in panel


def test_said_twice_or_by_two_it_is_said_once(bobs, mias, mailbox, ann, sent):
    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>"), at=LATER)
    [row] = owed_to(ann)
    says(bobs, ann, "yes")
    before = kinds(ann)

    with clock.at(LATER + 2 * MINUTE):
        told = mias.post(reverse("whether", args=[row.pk]), {"answer": "no"}, follow=True)

    assert "Somebody has said so already." in text_of(told)
    assert kinds(ann) == before


def test_a_stranger_sees_nothing_of_it(sids, mailbox, ann, sent):
    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>"), at=LATER)
    [row] = owed_to(ann)

    assert sids.get(reverse("whether", args=[row.pk])).status_code == 404
    assert sids.post(reverse("doubt_back", args=[Doubt.objects.get().pk])).status_code == 404


def test_who_is_forgotten_leaves_no_name_behind(mia, mailbox, ann, sent):
    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>"), at=LATER)

    forget(ann, by=mia, at=LATER)

    assert list(Doubt.objects.values_list("name", "email")) == [("", "")]


# --- of the same house -----------------------------------------------------------------------


def test_a_colleague_in_the_talk_is_asked_about(mailbox, ann, sent):
    comes(mailbox, answers(sent, "Carl <carl@customer.test>"), at=LATER)

    [row] = owed_to(ann)
    assert row.why == "Somebody else of their house wrote; it may be their answer"


def test_a_colleague_with_a_new_mail_waits_by_themselves_and_is_asked_about(
    bobs, mailbox, ann, sent
):
    mail = letter("Carl <carl@customer.test>", "bob@banners.test", number="new", at=LATER)

    comes(mailbox, mail, at=LATER)

    carl = Party.objects.get(name="Carl")
    assert (rules(carl), rules(ann)) == (["answer_them"], ["ask_whether"])
    says(bobs, ann, "yes")
    assert stands(ann)[0] == "stopped"
    assert (rules(carl), "ask_whether" in rules(ann)) == (["answer_them"], False)


def test_neighbours_at_a_house_for_everybody_are_strangers(workspace, bob, mailbox):
    ann = somebody("Ann", "ann@gmail.com", workspace, bob)
    hear(ann, QuoteSent(at=MONDAY - DAY, matter="sign"))

    comes(mailbox, letter("Carl <carl@gmail.com>", "bob@banners.test", at=LATER), at=LATER)

    assert stands(ann)[0] == "active"


def test_somebody_known_who_answers_in_anothers_talk_is_heard_and_asked_about(
    workspace, bob, mailbox, ann, sent
):
    carl = somebody("Carl", "carl@elsewhere.test", workspace, bob)

    comes(mailbox, answers(sent, "Carl <carl@elsewhere.test>"), at=LATER)

    assert (rules(carl), rules(ann)) == (["answer_them"], ["ask_whether"])


def test_another_address_that_is_known_to_be_theirs_is_simply_their_answer(mailbox, ann, sent):
    Address.objects.create(
        workspace=ann.workspace, party=ann, kind="email", value="ann@home.test",
        canonical="ann@home.test",
    )  # fmt: skip

    comes(mailbox, answers(sent, "Ann <ann@home.test>"), at=LATER)

    assert stands(ann) == ("stopped", "replied")
    assert rules(ann) == ["answer_them"]


# --- machines ----------------------------------------------------------------------------------


def test_an_automatic_reply_that_says_so_lets_the_plan_go_on(mailbox, ann, sent):
    away = answers(sent, f"Ann <{ANN}>", "I am away.", Auto_Submitted="auto-replied")

    comes(mailbox, away, at=LATER)

    sent.refresh_from_db()
    assert stands(ann)[0] == "active"
    assert (sent.replied_at, sent.delivered_at) == (None, LATER)
    assert kinds(ann)[-1] == "AutoReplied"


def test_one_that_only_looks_like_it_is_asked_about(bobs, mailbox, ann, sent):
    weak = answers(sent, f"Ann <{ANN}>", "I am away.", subject="Automatic reply: Your sign")

    comes(mailbox, weak, at=LATER)

    assert stands(ann) == ("waiting", "perhaps")
    says(bobs, ann, "no")
    assert stands(ann)[0] == "active"


def test_a_person_behind_it_is_an_answer(bobs, mailbox, ann, sent):
    weak = answers(sent, f"Ann <{ANN}>", "Call me.", subject="Automatic reply: Your sign")
    comes(mailbox, weak, at=LATER)

    says(bobs, ann, "yes")

    assert stands(ann) == ("stopped", "replied")
    assert rules(ann) == ["answer_them"]


def test_a1_their_day_back_is_proposed_as_the_new_date(bobs, bob, mailbox, ann, sent):
    away = answers(
        sent, f"Ann <{ANN}>", "Ich bin bis zum 13.03.2026 nicht im Büro.",
        Auto_Submitted="auto-replied",
    )  # fmt: skip
    comes(mailbox, away, at=LATER)

    [asked] = Proposal.objects.filter(member=bob, state="open")
    assert (asked.kind, asked.due.date().isoformat()) == ("away", "2026-03-16")  # a Monday
    assert stands(ann)[0] == "active"
    with clock.at(LATER):
        page = text_of(bobs.get("/found/"))
        bobs.post(f"/found/{asked.pk}/", {"answer": "yes"})

    assert "Is away, says an automatic reply: Ich bin bis zum 13.03.2026" in page
    assert stands(ann)[0] == "paused"
    [row] = owed_to(ann)
    assert (row.rule, row.due.date().isoformat()) == ("not_now", "2026-03-16")


def test_a2_who_helps_instead_is_proposed_and_never_written_to(bob, mailbox, ann, sent):
    away = answers(
        sent, f"Ann <{ANN}>", "In urgent cases contact carl@customer.test.",
        Auto_Submitted="auto-replied",
    )  # fmt: skip

    comes(mailbox, away, at=LATER)

    [asked] = Proposal.objects.filter(member=bob, state="open")
    assert (asked.kind, asked.value) == ("personal", "In urgent cases contact carl@customer.test.")
    assert Party.objects.count() == 1
    assert not Detail.objects.exists()
    assert Message.objects.count() == 1


def test_a3_who_has_left_needs_a_follower_and_the_plan_waits(mailbox, ann, sent):
    gone = answers(
        sent, f"Ann <{ANN}>", "Ann Archer no longer works here.", Auto_Submitted="auto-replied"
    )

    comes(mailbox, gone, at=LATER)

    assert stands(ann) == ("waiting", "gone")
    [row] = owed_to(ann)
    assert (row.rule, row.how) == ("find_who_follows", "find")


def test_a4_an_absence_without_any_sign_of_a_machine_stops_as_an_answer(mailbox, ann, sent):
    comes(mailbox, answers(sent, f"Ann <{ANN}>", "I am out until Monday."), at=LATER)

    assert stands(ann) == ("stopped", "replied")


def test_a5_an_automatic_reply_after_their_answer_changes_nothing(mailbox, ann, sent):
    comes(mailbox, answers(sent, f"Ann <{ANN}>"), at=LATER)
    away = answers(sent, f"Ann <{ANN}>", "I am away.", Auto_Submitted="auto-replied", number="x")

    comes(mailbox, away, at=LATER + MINUTE)

    assert stands(ann) == ("stopped", "replied")
    assert rules(ann) == ["answer_them"]


def test_a_calendar_answer_is_an_answer(mailbox, ann, sent):
    mail = answers(sent, f"Ann <{ANN}>", "Accepted", subject="Accepted: Demo")
    mail.add_attachment("BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n", subtype="calendar")

    comes(mailbox, mail, at=LATER)

    assert stands(ann) == ("stopped", "replied")


def test_a_machine_of_somebody_whom_we_never_wrote_to_is_left_aside(workspace, bob, mailbox):
    comes(mailbox, letter("x@shop.test", "bob@banners.test", Auto_Submitted="auto-replied"))

    assert not Party.objects.exists()


def test_in_whatever_order_it_is_heard_it_ends_the_same(workspace, bob, mailbox):
    ends = []
    for n, first in enumerate(("doubt", "answer")):
        who = somebody(f"Ann{n}", f"ann{n}@house{n}.test", workspace, bob)
        hear(who, TheyEnquired(at=MONDAY - 2 * DAY, matter=f"sign{n}"))
        hear(who, QuoteSent(at=MONDAY - DAY, matter=f"sign{n}"))
        message = mailed(who, mailbox, f"ann{n}@house{n}.test", matter=f"sign{n}")
        doubt = answers(message, f"carl@house{n}.test", number=f"d{n}")
        answer = letter(
            f"ann{n}@house{n}.test", "bob@banners.test", at=LATER + MINUTE, number=f"a{n}",
            In_Reply_To=message.message_id,
        )  # fmt: skip
        mails = [doubt, answer] if first == "doubt" else [answer, doubt]
        for mail in mails:
            comes(mailbox, mail, at=LATER + 2 * MINUTE)
        ends.append((stands(who), rules(who)))

    assert ends[0] == ends[1] == (("stopped", "replied"), ["answer_them"])
