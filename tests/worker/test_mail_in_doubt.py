"""Mail that may be an answer: a plan waits until somebody has said so, with one press."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.stories.plans import stands, step_of
from tests.web.desk import hear, kinds, owed_to, text_of
from tests.worker.laid import comes
from tests.worker.letters import letter
from tests.worker.perhaps import (
    ANN,
    LATER,
    MINUTE,
    _own_folder,
    ann,
    answers,
    mailbox,
    mailed,
    rules,
    says,
    sent,
    somebody,
    undone,
)

from followthrough.channels.email.writing import Draft, write
from followthrough.core.facts import QuoteSent, TheyEnquired
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Address, Doubt, Party, Text

__all__ = ["_own_folder", "ann", "mailbox", "sent"]


# --- from another address --------------------------------------------------------------------


def test_an_answer_from_an_address_that_nobody_knows_pauses_the_plan_and_asks(
    workspace, mailbox, ann, sent
):
    comes(mailbox, answers(sent, "Ann Archer <ann.private@gmail.com>"), at=LATER)

    assert stands(ann) == ("waiting", "perhaps")
    assert rules(ann) == ["ask_whether"]
    assert Party.objects.count() == 1
    assert audit(workspace, at=LATER).uncovered == 0


def test_what_waits_to_go_out_for_the_plan_is_taken_back(mailbox, ann, sent):
    draft = Draft(
        party=ann, member=mailbox.member, subject="Again", text="Once more.", to=ANN,
        followup=step_of(ann), automatic="auto-generated",
    )  # fmt: skip
    waits = write(draft, key="step", at=MONDAY)

    comes(mailbox, answers(sent, "Ann Archer <ann.private@gmail.com>"), at=LATER)

    waits.refresh_from_db()
    assert waits.state == "cancelled"


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
    assert 'name="answer" value="no">No, go on' in panel


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


def test_who_wrote_is_forgotten_on_the_page_of_whoever_it_may_answer_for(mia, mailbox, ann, sent):
    mail = letter(
        "Carl Cane <Carl@customer.test>", "bob@banners.test", "I, Carl, am ill.", at=LATER,
        subject="Carl is ill", number="new",
    )  # fmt: skip
    comes(mailbox, mail, at=LATER)
    assert "Carl" in str(list(Text.objects.filter(party=ann).values("title", "body")))

    forget(Party.objects.get(name="Carl Cane"), by=mia, at=LATER)

    assert "Carl" not in str(list(Text.objects.values("title", "body")))
    assert list(Doubt.objects.values_list("name", "email", "message_id")) == [("", "", "")]
    assert rules(ann) == ["ask_whether"]


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
