"""Where a letter finds the firm stands below the mails that leave by a plan, and is asked for."""

from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from tests.ledger.scene import MONDAY
from tests.web.desk import text_of
from tests.web.test_settings import undo_of
from tests.worker.steps_scene import begin, plan_of_mails, step_of, time_comes

from followthrough.channels.email.writing import Draft, write
from followthrough.core.plans import Step
from followthrough.ledger.models import Mailbox, Message, Workspace

POSTAL = "Banners Ltd\n12 Mill Lane\nLondon N1"
MISSING = "Its mails leave without a postal address"
pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(workspace, mailbox, ann, bob):
    """What leaves has a signature, and is in HTML too."""
    Mailbox.objects.filter(pk=mailbox.pk).update(signature="Bob, Banners", html=True)
    begin(ann, plan_of_mails(workspace), bob)
    return ann


def leaves(mailbox, party):
    time_comes(mailbox, step_of(party).due)
    mail = message_from_bytes(bytes(Message.objects.get(party=party).raw), policy=policy.default)
    told = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
    return [one.replace("\r\n", "\n") for one in told]


def team(**more):
    usual = {"name": "Banners", "currency": "EUR", "language": "", "postal": POSTAL}
    return usual | more


def test_it_stands_below_the_signature_in_both_forms_of_the_mail(workspace, mailbox, begun):
    Workspace.objects.filter(pk=workspace.pk).update(postal=POSTAL)

    plain, html = leaves(mailbox, begun)

    assert plain.endswith(f"-- \nBob, Banners\n\n{POSTAL}\n")
    assert "Bob, Banners<br><br>Banners Ltd<br>12 Mill Lane<br>London N1" in html


def test_without_one_the_mail_leaves_all_the_same(mailbox, begun):
    plain, _html = leaves(mailbox, begun)

    assert plain.endswith("-- \nBob, Banners\n")


def test_what_somebody_writes_to_one_person_is_a_letter_like_any_other(workspace, mailbox, ann):
    Workspace.objects.filter(pk=workspace.pk).update(postal=POSTAL)
    made = write(
        Draft(party=ann, member=mailbox.member, subject="Your sign", text="Hello"),
        key="one", at=MONDAY,
    )  # fmt: skip

    assert b"Mill Lane" not in bytes(made.raw)


def test_an_administrator_writes_it_down_and_can_take_that_back(mias, workspace):
    page = mias.post(
        reverse("settings"),
        team(postal="Banners Ltd\r\n\r\n 12 Mill Lane \r\nLondon N1"),
        follow=True,
    )
    workspace.refresh_from_db()
    assert workspace.postal == POSTAL

    mias.post(undo_of(page), follow=True)
    workspace.refresh_from_db()
    assert workspace.postal == ""


def test_the_settings_and_the_plan_say_that_it_is_missing_until_it_is_there(
    mias, workspace, mailbox
):
    editor = reverse("sequence", args=[plan_of_mails(workspace).pk])
    before = [text_of(mias.get(one)) for one in (reverse("settings"), editor)]

    mias.post(reverse("settings"), team())

    after = [text_of(mias.get(one)) for one in (reverse("settings"), editor)]
    said = ["No postal address is known", MISSING]
    assert [one in page for one, page in zip(said, before, strict=True)] == [True, True]
    assert [one in page for one, page in zip(said, after, strict=True)] == [False, False]


def test_of_a_plan_of_calls_nothing_is_missing(mias, workspace):
    editor = reverse("sequence", args=[plan_of_mails(workspace, Step()).pk])

    assert MISSING not in text_of(mias.get(editor))
