"""The team's words: written, checked, read as somebody would read them, and each change undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from followthrough.ledger import clock
from followthrough.ledger.models import Template, TemplateFile
from tests.ledger.scene import MONDAY, party_named
from tests.web.desk import enquired, first_owed, quiet, text_of, undo_of

pytestmark = pytest.mark.django_db
OURS = {
    "name": "After the fair", "occasion": "quote", "tone": "warm", "language": "en",
    "subjects": "The fair\nOne thing about the fair",
    "text": "Hello {{ first_name | default('there') }},\n\nhow was the fair?\n\n{{ me }}",
}  # fmt: skip


def keep(client, address="/words/new/", **given):
    with clock.at(MONDAY):
        return client.post(address, OURS | given, follow=True)


def ours():
    return Template.objects.get(ready="")


def with_file(client, key, name="prices.pdf", body=b"%PDF-1.4 prices"):
    given = {"file": SimpleUploadedFile(name, body)}
    with clock.at(MONDAY):
        return client.post(f"/words/{key}/files/", given, follow=True)


# --- the list and the editor --------------------------------------------------------------


def test_on_the_first_day_there_are_words_for_the_commonest_occasions_in_each_language(bobs):
    english, french = bobs.get("/words/"), bobs.get("/words/?language=fr")

    assert len(english.context["lines"]) == len(french.context["lines"]) == 8
    assert [str(one["tone"]) for one in english.context["lines"][0]["tones"]] == [
        "Plain", "Warm", "Formal",
    ]  # fmt: skip
    assert "Après un devis" in text_of(french)


def test_what_is_written_is_kept_and_taken_back(bobs):
    page = keep(bobs)
    assert ours().subjects == ["The fair", "One thing about the fair"]

    bobs.post(undo_of(page))

    assert ours().retired_at is not None


def test_a_ready_made_one_is_changed_for_the_team_and_put_back(bobs, sids):
    ready = "/words/en.quote.warm/"
    before = bobs.get(ready).context["form"].initial["text"]

    page = keep(bobs, ready, text="Hello, how was it?")
    [row] = Template.objects.all()
    assert (row.ready, row.text) == ("en.quote.warm", "Hello, how was it?")
    assert sids.get(ready).context["form"].initial["text"] == before

    bobs.post(undo_of(page))
    row.refresh_from_db()
    assert row.text == before


def test_a_ready_made_one_that_is_left_out_is_proposed_to_nobody_and_can_come_back(ann, bobs):
    quiet(ann)
    for tone in ("plain", "warm", "formal"):
        page = bobs.post(f"/words/en.quote.{tone}/retirement/", follow=True)
    assert len(page.context["gone"]) == 3

    sheet = bobs.get(f"/followups/{first_owed(ann).pk}/words/")
    assert sheet.context["chosen"] is None
    assert sheet.context["written"].text.startswith("Hello Ann,")

    bobs.post("/words/en.quote.plain/retirement/", {"back": "yes"})
    sheet = bobs.get(f"/followups/{first_owed(ann).pk}/words/")
    assert sheet.context["chosen"].ready == "en.quote.plain"


def test_a_copy_begins_as_the_other_one(bobs):
    form = bobs.get("/words/new/?copy=en.thanks.plain").context["form"]

    assert form.initial["name"] == "Thank you (copy)"
    assert form.initial["occasion"] == "thanks"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Give it a name"),
        ({"subjects": ""}, "Give it a subject"),
        ({"subjects": "\n".join("abcde")}, "Up to 4 subjects can be tried"),
        ({"subjects": "{{ nonsense }}"}, "There is no field called “nonsense”"),
        ({"text": " \n"}, "Write the words."),
        ({"text": "{{ firstname }}"}, "Did you mean {{ first_name }}?"),
        ({"text": "{{ c.delete() }}"}, "Between the braces stands the name of a field"),
        ({"text": "{{ 'a'*10**9 }}"}, "Between the braces stands the name of a field"),
        ({"text": "{% for x in y %}{% endfor %}"}, "A text cannot repeat itself"),
        ({"occasion": "wedding"}, "Select a valid choice"),
        ({"language": "tlh"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_kept_says_what_to_do_and_loses_nothing(bobs, given, said):
    page = keep(bobs, **{"name": "My own words"} | given)

    assert page.status_code == 422
    assert said in text_of(page)
    assert (given.get("name") or "My own words").strip() in page.content.decode()
    assert Template.objects.count() == 0


def test_another_team_neither_sees_nor_changes_them(bobs, sids):
    keep(bobs)
    there = f"/words/{ours().pk}/"

    assert "After the fair" not in text_of(sids.get("/words/"))
    assert sids.get(there).status_code == 404
    for address in (there, f"{there}retirement/", f"{there}files/"):
        assert sids.post(address, OURS).status_code == 404


@pytest.mark.parametrize("key", ["0", "999999", "en.nothing.plain", "ready", "9" * 30, "٣"])
def test_words_that_are_not_there_are_not_found(bobs, key):
    assert bobs.get(f"/words/{key}/").status_code == 404


# --- as somebody would read them -------------------------------------------------------------


def test_they_are_read_as_anybody_would_read_them_each_tone_beside_the_other(ann, bobs, workspace):
    pia = party_named("Pia", workspace)

    page = bobs.get(f"/words/en.thanks.plain/?who={pia.pk}")

    assert page.context["reads"]["text"].startswith("Hello Pia,\n\nthank you for your order.")
    assert [str(one["tone"]) for one in page.context["tones"]] == ["Warm", "Formal"]
    assert bobs.get("/words/en.thanks.plain/?who=Ann").context["who"] == ann


def test_a_field_that_is_not_known_of_them_is_named(ann, bobs):
    keep(bobs, text="Hello {{ first_name }} of {{ company }}", subjects="{{ in_common }}")

    page = bobs.get(f"/words/{ours().pk}/?who={ann.pk}")

    assert page.context["reads"]["text"] == "Hello Ann of [company]"
    assert "Nothing is known of them for: in_common, company." in text_of(page)


def test_nobody_of_another_team_is_shown(bobs, ann, sids):
    assert sids.get(f"/words/en.thanks.plain/?who={ann.pk}").status_code == 404
    assert "Nobody of that name" in text_of(sids.get("/words/en.thanks.plain/?who=Ann"))


def test_german_words_name_the_day_in_german(ann, bobs):
    enquired(ann)

    with clock.at(MONDAY):
        page = bobs.get(f"/words/de.enquiry.plain/?who={ann.pk}")

    assert "am Donnerstag, 5. März anrufen" in page.context["reads"]["text"]


# --- files ---------------------------------------------------------------------------------


def test_a_price_list_goes_with_words_is_fetched_and_taken_out_again(bobs, sids):
    with_file(bobs, "en.information.plain")
    [kept] = TemplateFile.objects.all()
    there = f"/words/files/{kept.pk}/"

    fetched = bobs.get(there)
    assert fetched.content == b"%PDF-1.4 prices"
    assert fetched["Content-Disposition"] == 'attachment; filename="prices.pdf"'
    assert sids.get(there).status_code == 404

    bobs.post(f"{there}gone/")
    assert bobs.get(f"/words/{kept.template_id}/").context["files"] == []
    bobs.post(f"{there}back/")
    assert bobs.get(f"/words/{kept.template_id}/").context["files"] == [kept]


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("virus.exe", b"MZ", "can go with words"),
        ("page.html", b"<script>", "can go with words"),
        ("empty.pdf", b"", "is empty"),
        ("large.pdf", b"x" * ((4 << 20) + 1), "4 MB together"),
    ],
)
def test_a_file_that_cannot_go_with_words_is_refused_with_what_to_do(bobs, name, body, said):
    page = with_file(bobs, "en.information.plain", name, body)

    assert said in text_of(page)
    assert TemplateFile.objects.count() == 0


def test_three_files_are_enough(bobs):
    for n in range(4):
        page = with_file(bobs, "en.information.plain", f"{n}.pdf")

    assert "3 files go with these words already" in text_of(page)


# --- what it costs ------------------------------------------------------------------------


def test_the_pages_ask_few_questions_of_the_books(ann, bobs, assert_queries):
    for n in range(5):
        keep(bobs, name=f"Words {n}")
    quiet(ann)
    there = f"/followups/{first_owed(ann).pk}/words/"
    for address, most in (("/words/", 9), ("/words/en.quote.warm/", 14), (there, 22)):
        bobs.get(address)
        with assert_queries(most):
            assert bobs.get(address).status_code == 200
