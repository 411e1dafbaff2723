"""What is answered at once: written, looked at, kept, and taken back."""

import pytest

from followthrough.ledger import at_once
from followthrough.ledger.models import AtOnce
from tests.web.desk import text_of
from tests.web.knocking import connected
from tests.worker.laid import box_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(mia, bob):
    return connected("form", bob, title="Ask us")


def page(form):
    return f"/settings/connections/{form.pk}/answer/"


def test_a_form_answers_with_our_words_until_somebody_writes_others(mias, bob, form):
    box_of(bob)

    shown = mias.get(page(form))

    assert 'name="on" class="tick" id="id_on" checked' in shown.content.decode()
    assert "Hello Ann," in text_of(shown)
    assert "From bob@banners.test" in text_of(shown)
    assert "reads at once that it has arrived" in text_of(
        mias.get(f"/settings/connections/{form.pk}/")
    )


def test_without_a_mailbox_it_says_that_nothing_leaves(mias, form):
    assert "Nothing leaves yet" in text_of(mias.get(page(form)))
    assert "Nobody is answered at once here." in text_of(
        mias.get(f"/settings/connections/{form.pk}/")
    )


def test_own_words_are_looked_at_before_they_are_kept(mias, bob, form):
    box_of(bob)
    words = {"on": "on", "words": "Good day {name}, we have it. {me}"}

    looked = mias.post(page(form), words | {"look": "yes"})

    assert "Good day Ann, we have it. Bob" in text_of(looked)
    assert not AtOnce.objects.exists()


def test_kept_words_are_those_that_leave_and_can_be_taken_back(mias, bob, form):
    box_of(bob)

    kept = mias.post(page(form), {"on": "on", "words": "Good day {name}."}, follow=True)

    assert at_once.own_words(form) == "Good day {name}."
    undo = next(iter(kept.context["messages"])).extra_tags
    mias.post(undo)
    assert at_once.own_words(form).startswith("Hello {name},")


def test_switched_off_it_stays_off(mias, bob, form):
    box_of(bob)

    mias.post(page(form), {"words": "Good day {name}."})

    assert not at_once.is_on(form)


def test_a_brace_that_means_nothing_is_said_and_nothing_typed_is_lost(mias, bob, form):
    refused = mias.post(page(form), {"on": "on", "words": "Good day {firstname}."})

    assert refused.status_code == 422
    assert "“{firstname}” means nothing here." in text_of(refused)
    assert "Good day {firstname}." in refused.content.decode()


def test_a_mailbox_is_switched_on_by_whose_it_is(bobs, bob):
    mailbox = box_of(bob)

    bobs.post(f"/settings/mailboxes/{mailbox.pk}/answer/", {"on": "on", "words": "We have it."})

    assert at_once.is_on(mailbox)


def test_nobody_else_says_what_leaves(bobs, sids, bob, form):
    mailbox = box_of(bob)

    assert bobs.get(page(form)).status_code == 403
    assert sids.get(page(form)).status_code == 404
    assert sids.post(f"/settings/mailboxes/{mailbox.pk}/answer/", {"on": "on"}).status_code == 404
