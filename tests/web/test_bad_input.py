"""Whatever is typed, nothing breaks, nothing is half written, and a sentence says what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from followthrough.ledger import clock
from followthrough.ledger.models import Fact, Intake, Party, Text
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired, filled, first_owed, text_of

BAD = {
    "nul": "a\0b",
    "only nul": "\0",
    "a megabyte": "x" * 1_000_000,
    "control": "a\x01\x07\x1b[31mb",
    "bidi": "a\u202egpj.exe\u2066\u200f",
    "emoji": "👩\u200d👩\u200d👧🎈",
    "sql": "'; DROP TABLE ledger_fact; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7|add:7 }}{% debug %}",
    "broken": "\ufffd\ufeff",
    "line ends": "a\r\nBcc: all@firm.example\r\n\r\nb",
    "negative": "-1",
    "huge": "9" * 5_000,
    "number": "1e309",
    "other digits": "²٣",
    "long line of dates": "tomorrow " * 50_000,
    "path": "../../etc/passwd",
    "null": "null",
}
OUTCOME = {
    "token": "t", "outcome": "spoke", "note": "", "mode": "next", "when": "tomorrow", "reason": "",
    "gift": "A tip", "hello": "", "back": "",
}  # fmt: skip
FORMS = {
    "outcome": OUTCOME,
    "capture": {"token": "t", "name": "Ann", "reach": "", "wants": "", "owner": "", "when": "9:00"},
    "notes": {"note": "x", "token": "t"},
    "promise_given": {
        "text": "x",
        "when": "tomorrow",
        "side": "ours",
        "condition": "",
        "token": "t",
    },
    "promise_end": {"promise": "x", "end": "kept", "token": "t"},
    "answers": {"asked": "x", "proof": "told", "token": "t"},
    "consent": {"channel": "*", "say": "no", "token": "t"},
    "strong_yes": {"yes": "yes", "token": "t"},
    "rhythm": {"days": "60", "token": "t"},
    "owner": {"to": "1"},
    "days": {"days": "sat 7 nov", "token": "t"},
    "wants": {"want": "A green sign"},
    "known": {"kind": "personal", "text": "Rows", "when": "May"},
    "details": {"name": "Ann", "company": "", "email": "", "phone": "", "about": ""},
    "invitations": {"name": "Zoe", "email": "zoe@firm.example", "role": "member"},
    "role": {"role": "member"},
    "line": {"line": "Banners"},
    "absence": {"first": "2026-03-03", "last": "2026-03-04", "stand_in": "1"},
    "departure": {"to": "1"},
}
FIELDS = [(form, field) for form, fields in FORMS.items() for field in fields]
ASKED = {
    "today": ["band"], "when": ["when", "mode"], "capture": ["name"],
    "people": ["name", "after", "silent", "order", "firm"],
    "outcome": ["mode", "outcome", "note", "when"], "intake": ["show"],
}  # fmt: skip
MEMBER_PAGES = ("role", "line", "absence", "departure")


@pytest.fixture
def at_the_desk(ann, bob, mias):
    """Mia, who may do all of it, with Ann waiting."""
    enquired(ann, said="A banner, please.")
    return mias


def address(name, ann, bob):
    if name in ("capture", "today", "when", "people", "invitations", "members", "import"):
        return reverse(name)
    if name == "outcome":
        return reverse(name, args=[first_owed(ann).pk])
    return reverse(name, args=[bob.pk if name in MEMBER_PAGES else ann.pk])


def written():
    return Fact.objects.count(), Text.objects.count(), Party.objects.count()


# --- every field of every form, every question in an address ------------------------------------


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_no_field_breaks_anything(at_the_desk, ann, bob, form, field):
    for n, (kind, bad) in enumerate(BAD.items()):
        before = written()
        if not Party.objects.filter(pk=ann.pk).exists() or not ann.followups.filter(
            settled_at=None
        ):
            enquired(ann, MONDAY + n * HOUR)
            before = written()
        given = FORMS[form] | {"token": f"{form}-{field}-{n}"} | {field: bad}
        with clock.at(MONDAY + HOUR + n * HOUR):
            page = at_the_desk.post(address(form, ann, bob), given)

        what = f"{form}.{field}: {kind}"
        assert page.status_code in (200, 302, 404, 422), what
        if page.status_code != 302:
            assert written() == before, what
            assert len(text_of(page)) > 40, what
        assert "<script>alert" not in page.content.decode(), what
        bob.refresh_from_db()
        type(bob).objects.filter(pk=bob.pk).update(active=True)


@pytest.mark.parametrize(("name", "field"), [(n, f) for n, fs in ASKED.items() for f in fs])
def test_no_question_in_an_address_breaks_anything(at_the_desk, ann, bob, name, field):
    if name == "intake":
        pytest.skip("The import has tests of its own.")
    before = written()
    for kind, bad in BAD.items():
        with clock.at(MONDAY + HOUR):
            page = at_the_desk.get(address(name, ann, bob), {field: bad[:20_000]})

        assert page.status_code == 200, kind
        assert "<script>alert" not in page.content.decode(), kind
    assert written() == before


def test_what_was_typed_is_shown_as_it_was_typed_everywhere(at_the_desk, ann, bob):
    bad = BAD["html"]
    Party.objects.update(name=bad, company=bad, about=bad)
    Text.objects.update(title=bad, body=bad)

    pages = [reverse("today"), reverse("people"), reverse("health")]
    pages += [address(name, ann, bob) for name in ("outcome", "details", "oblivion")]
    pages += [reverse(n, args=[first_owed(ann).pk]) for n in ("why", "followup_panel")]
    for there in [*pages, reverse("person", args=[ann.pk])]:
        with clock.at(MONDAY + HOUR):
            page = at_the_desk.get(there).content.decode()
        assert ("<script>alert" in page, "<img src=x" in page) == (False, False), there


# --- addresses, methods, forged and broken requests ----------------------------------------------


@pytest.mark.parametrize("pk", ["0", "-1", "9" * 19, "9" * 400, "1e3", "²", "null", "%00", "1%20"])
@pytest.mark.parametrize(
    "there",
    ["/people/{}/", "/followups/{}/outcome/", "/followups/{}/panel/", "/followups/{}/why/",
     "/members/{}/", "/import/{}/", "/import/{}/report.csv", "/people/{}/details/"],
)  # fmt: skip
def test_an_absurd_number_is_nobody(mias, there, pk):
    assert mias.get(there.format(pk)).status_code == 404


def test_each_form_wants_its_token_against_forgery(mia, ann, bob):
    enquired(ann)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(mia.user)
    before = written()

    for form, given in FORMS.items():
        page = forged.post(address(form, ann, bob), given)
        assert page.status_code == 403, form
        assert len(text_of(page)) > 20
    assert written() == before


LOOKED_AT = {"today", "people", "when", "health", "members"}
SENT = {
    "notes", "promise_given", "promise_end", "answers", "consent", "strong_yes", "rhythm", "owner",
    "invitations", "role", "line",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SENT))
def test_what_is_sent_is_not_looked_at(mias, ann, bob, name):
    assert mias.get(address(name, ann, bob)).status_code == 405


@pytest.mark.parametrize("name", sorted(LOOKED_AT))
def test_what_is_looked_at_takes_nothing(mias, name):
    assert mias.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_ways_are_not_known(mias, ann, bob, method):
    enquired(ann)
    before = written()
    for name in (*FORMS, *LOOKED_AT - {"health"}):
        answer = getattr(mias, method)(address(name, ann, bob))
        assert answer.status_code == 405, name
    assert written() == before


def test_a_body_that_is_no_form_is_an_empty_form(mias, ann):
    enquired(ann)
    before = written()

    page = mias.post("/capture/", b"\xff\xfe{not: json", content_type="application/json")
    assert page.status_code == 422
    broken = mias.post("/capture/", b"--x\r\n", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in (400, 422)
    assert written() == before


def test_too_many_fields_are_refused(mias):
    assert mias.post("/capture/", {f"f{n}": "" for n in range(1500)}).status_code == 400


# --- files --------------------------------------------------------------------------------

NAMES = [
    "../../../etc/passwd", "..\\..\\boot.ini", "a\0b.csv", "\u202evsc.csv", "🎈.csv", "",
    "<script>alert(1)</script>.csv", "'; DROP TABLE x; --.csv", "x" * 300 + ".csv", "con.csv",
    "a\r\nb.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "body", [b"", b"name\nAnn\n", b"\0" * 1000, b"\xff\xfe\x00", b"PK\x03\x04"]
)
def test_no_file_breaks_anything(mias, settings, tmp_path, name, body):
    settings.VAR = tmp_path / "var"
    file = SimpleUploadedFile("x.csv", body)
    file.name = name or "x"

    page = mias.post("/import/", {"file": file, "ours": BAD["html"]}, follow=True)

    assert page.status_code in (200, 422)
    assert "<script>alert" not in page.content.decode()
    assert [one for one in tmp_path.iterdir() if one.name != "var"] == []


def test_an_address_of_ours_with_a_nul_is_an_address(mias, settings, tmp_path):
    settings.VAR = tmp_path / "var"

    mias.post("/import/", {"file": SimpleUploadedFile("a.csv", b"name\nAnn\n"), "ours": "a\0@b.c"})

    assert Intake.objects.get().settings == {"ours": ["a@b.c"]}


def test_no_file_at_all_is_asked_for(mias):
    page = mias.post("/import/", {})

    assert (page.status_code, "Choose a file first" in text_of(page)) == (422, True)


def many(count):
    return {"file": [SimpleUploadedFile(f"{n}.csv", b"name\nAnn\n") for n in range(count)]}


def test_more_files_than_we_take_at_once_are_asked_for_in_a_zip(mias, settings, tmp_path):
    settings.VAR = tmp_path / "var"
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES

    mias.get("/import/")
    for checked in (False, True):  # whoever asks first what was sent, the view or the gate before
        mias.handler.enforce_csrf_checks = checked
        page = mias.post("/import/", many(most + 1))

        assert page.status_code == 400
        assert f"up to {most} files at a time" in text_of(page)
        assert "Zip them" in text_of(page)
    assert not Intake.objects.exists()


def test_a_mail_of_each_working_day_can_be_chosen_at_once(mias, settings, tmp_path):
    settings.VAR = tmp_path / "var"

    mias.post("/import/", many(250))

    assert Intake.objects.count() == 250


def test_the_door_takes_anything_too(mia):
    for there in ("/account/login/", "/account/password/reset/", "/account/signup/"):
        for kind, bad in BAD.items():
            given = {"login": bad, "email": bad, "password": bad, "name": bad, "workspace": bad}
            page = Client().post(there, given)
            assert page.status_code in (200, 302, 400, 403, 422, 429), (there, kind)
            assert "<script>alert" not in page.content.decode()


def test_forms_can_still_be_filled_after_all_this(mia, ann):
    """Else the walk above would prove nothing."""
    enquired(ann)
    for form in ("notes", "strong_yes", "rhythm", "consent"):
        with clock.at(MONDAY + HOUR):
            there = reverse(form, args=[ann.pk])
            page = client_of(mia).post(there, FORMS[form] | filled(), follow=True)
        assert page.status_code == 200
    assert Fact.objects.count() == 4
