"""The empty letter never reaches the books: PostgreSQL would refuse the whole page for it."""

from django.urls import reverse

from followthrough.ledger import clock
from followthrough.ledger.models import Gift, Text
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import filled, first_owed, kinds, quiet


def test_in_a_form_it_is_left_out_and_the_rest_is_kept(ann, bobs):
    quiet(ann)
    note, when = "She \0likes red.", "call \0tomorrow"
    given = filled(outcome="spoke", note=note, gift=["A ti\0p"], when=when, mode="next")

    with clock.at(MONDAY + DAY):
        bobs.post(reverse("outcome", args=[first_owed(ann).pk]), given)

    assert kinds(ann) == ["WeWrote", "WeCalled", "Planned"]
    assert Text.objects.filter(body="She likes red.").exists()


def test_in_a_library_entry_too(bobs):
    bobs.post(reverse("library"), {"title": "A \0guide", "kind": "tip", "link": "", "text": ""})

    assert Gift.objects.filter(title="A guide").exists()


def test_in_an_address_it_is_left_out(ann, bobs):
    page = bobs.get(reverse("find"), {"q": "A\0nn"})

    assert [line["party"] for line in page.context["people"]] == [ann]
