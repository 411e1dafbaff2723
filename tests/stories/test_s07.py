"""S7: What they said about themselves is shown to whoever calls next."""

from django.urls import reverse
from tests.web.desk import enquired, text_of

SAID = "Passive investor, has experience."


def test_s07_a_colleague_reads_above_the_fold_what_they_said_of_themselves(ann, bobs, mias):
    enquired(ann, said="How does it work?")
    bobs.post(reverse("details", args=[ann.pk]), {"name": "Ann", "about": SAID})

    page = text_of(mias.get(reverse("person", args=[ann.pk])))

    assert page.index("Before the next word") < page.index(SAID) < page.index("Write what happened")


def test_s07_what_is_kept_about_them_stands_there_and_on_the_card(ann, bobs, mias):
    enquired(ann)
    given = {"kind": "personal", "text": SAID, "when": ""}
    bobs.post(reverse("known", args=[ann.pk]), given)

    page = mias.get(reverse("person", args=[ann.pk]))

    assert [one["text"] for one in page.context["first_of_all"]] == [SAID]
    assert bobs.get("/").context["personal"] == [SAID]
