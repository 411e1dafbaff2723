"""S23: Seen and not answered is a state of its own, where a team wants to know; it is soft."""

import re
from datetime import timedelta
from urllib.parse import urlparse

import pytest
from django.test import Client
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.stories.offered import PERSON, SCANNER, mail_to
from tests.stories.plans import stands, step_of, with_plans
from tests.web.desk import first_owed, hear, kinds, text_of

from followthrough.channels.email.letter import Letter
from followthrough.channels.email.tracking import Sheet, tracked
from followthrough.channels.email.writing import Draft, write
from followthrough.core.facts import TheyClicked, TheyEnquired, TheyOpened, WeCalled, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Link, Mailbox

PRICES = "https://banners.example/prices?for=ann&size=2"
HTML = f'<body><p>Here: <a href="{PRICES.replace("&", "&amp;")}">our prices</a></p></body>'
GOOGLE = PERSON | {
    "HTTP_USER_AGENT": "Mozilla/5.0 (Windows) Firefox/11.0 (via ggpht.com GoogleImageProxy)"
}
APPLE = PERSON | {"HTTP_USER_AGENT": "Mozilla/5.0"}


@pytest.fixture
def site(settings):
    settings.SITE = urlparse("https://follow.banners.example")


@pytest.fixture
def on(workspace, site):
    workspace.tracks = True
    workspace.save(update_fields=["tracks"])


def letter_to(ann, text=f"Our prices: {PRICES}.", html=HTML):
    letter = Letter(
        sender="bob@banners.example", to="ann@home.example", subject="S", text=text, html=html
    )
    return tracked(letter, Sheet(party=ann, key="mail-1", matter="roof"), at=MONDAY)


def there(address, at, **headers):
    with clock.at(at):
        return Client(**(headers or PERSON)).get(urlparse(address).path)


def links_in(letter):
    return re.findall(r"https://follow\.banners\.example/r/[\w-]+/", letter.text + letter.html)


def picture_in(letter):
    return re.findall(r'src="(https://follow\.banners\.example/p/[\w-]+\.gif)"', letter.html)


def looks_at(ann):
    kept = (TheyOpened, TheyClicked)
    return [
        (type(one).__name__, one.uncertain)
        for one in history_of(ann).facts
        if isinstance(one, kept)
    ]


# --- in the mail ---------------------------------------------------------------------------


def test_s23_by_default_no_mail_is_touched(site, ann):
    letter = letter_to(ann)

    assert PRICES in letter.text
    assert letter.html == HTML
    assert not Link.objects.exists()


def test_s23_where_nobody_outside_could_open_an_address_of_ours_none_is_put_in(workspace, ann):
    workspace.tracks = True
    workspace.save(update_fields=["tracks"])

    assert letter_to(ann).html == HTML


def test_s23_links_lead_over_us_to_where_they_led(on, ann):
    letter = letter_to(ann)

    assert PRICES not in letter.text
    assert len(set(links_in(letter))) == 1
    assert letter.text.endswith("/.")
    answer = there(links_in(letter)[0], MONDAY + HOUR)
    assert (answer.status_code, answer["Location"]) == (302, PRICES)


@pytest.mark.parametrize(
    ("said", "leads_to", "rest"),
    [
        ("https://x.example/a_(b)", "https://x.example/a_(b)", ""),
        ("(https://x.example/a_(b)).", "https://x.example/a_(b)", ")."),
        ("(see https://x.example/a)", "https://x.example/a", ")"),
        ("https://x.example/a?b!", "https://x.example/a?b", "!"),
    ],
)
def test_s23_what_ends_a_sentence_is_no_part_of_a_link(said, leads_to, rest, on, ann):
    letter = letter_to(ann, text=said, html="")

    assert Link.objects.get(target__startswith="http").target == leads_to
    assert letter.text.endswith(f"/{rest}")


@pytest.mark.parametrize(
    "own",
    [
        "https://follow.banners.example/o/abc/", "https://Follow.BANNERS.example/o/abc/",
        "http://follow.banners.example/o/abc/", "https://follow.banners.example:443/o/abc/",
        "https://follow.banners.example",
    ],
)  # fmt: skip
def test_s23_our_own_pages_need_no_way_over_us(own, on, ann):
    assert letter_to(ann, text=f"Your offer: {own}", html="").text == f"Your offer: {own}"


@pytest.mark.parametrize(
    "path", ["/r/unknown-but-long-enough/", "/r/https://evil.example/", "/p/none.gif"]
)
def test_s23_no_address_leads_where_we_did_not_put_it(path, on, ann):
    letter_to(ann)

    assert Client(**PERSON).get(path).status_code == 404
    assert Client(**PERSON).get(f"{path}?to=https://evil.example").status_code == 404


# --- what is told --------------------------------------------------------------------------


def test_s23_seen_and_not_answered_is_said_and_moves_nobodys_turn(on, workspace, ann, bobs):
    with_plans(workspace)
    hear(ann, WeWrote(at=MONDAY, matter="roof"))
    before = first_owed(ann)
    there(links_in(letter_to(ann))[0], MONDAY + DAY)

    after = first_owed(ann)
    assert (after.pk, after.due) == (before.pk, before.due)
    assert str(after.reason) == "They looked at it, and have not answered"
    assert str(before.reason) == "We wrote last, and they have gone quiet"


def test_s23_a_plan_goes_on_where_mail_was_only_opened(on, workspace, ann):
    with_plans(workspace)
    hear(ann, TheyEnquired(at=MONDAY, matter="roof"))
    hear(ann, WeCalled(at=MONDAY + HOUR, matter="roof"))
    step = step_of(ann).pk
    there(picture_in(letter_to(ann))[0], MONDAY + DAY)

    assert step_of(ann).pk == step
    assert stands(ann)[0] == "active"


@pytest.mark.parametrize("headers", [GOOGLE, APPLE])
def test_s23_what_a_proxy_fetched_is_marked_uncertain(headers, on, ann):
    hear(ann, WeWrote(at=MONDAY, matter="roof"))
    mail_to(ann, at=MONDAY, handover_at=MONDAY, state="sent")
    there(picture_in(letter_to(ann))[0], MONDAY + DAY, **headers)

    assert looks_at(ann) == [("TheyOpened", True)]
    assert [str(one) for one in history_of(ann).facts][-1] == "They may have opened what we sent"


def test_s23_the_mail_itself_is_seen_where_that_is_certain(on, ann):
    hear(ann, WeWrote(at=MONDAY, matter="roof"))
    mail = mail_to(ann, at=MONDAY, handover_at=MONDAY, state="sent")
    address = links_in(letter_to(ann))[0]

    there(address, MONDAY + timedelta(seconds=5))
    mail.refresh_from_db()
    assert mail.seen_at is None

    there(address, MONDAY + HOUR)
    there(address, MONDAY + DAY)
    mail.refresh_from_db()
    assert mail.seen_at == MONDAY + HOUR


def test_s23_what_a_scanner_fetched_is_told_nowhere(on, ann):
    letter = letter_to(ann)
    answer = there(links_in(letter)[0], MONDAY + DAY, **SCANNER)
    there(picture_in(letter)[0], MONDAY + DAY, **SCANNER)

    assert answer["Location"] == PRICES
    assert kinds(ann) == []


def test_s23_what_was_pressed_seconds_after_it_left_is_uncertain(on, ann):
    hear(ann, WeWrote(at=MONDAY, matter="roof"))
    mail_to(ann, at=MONDAY, handover_at=MONDAY, state="sent")
    address = links_in(letter_to(ann))[0]
    there(address, MONDAY + timedelta(seconds=5))
    there(address, MONDAY + HOUR)
    there(address, MONDAY + DAY)

    assert looks_at(ann) == [("TheyClicked", True), ("TheyClicked", False)]


def test_s23_what_one_of_us_opens_is_not_them(on, ann, bobs):
    letter = letter_to(ann)
    with clock.at(MONDAY + DAY):
        bobs.get(urlparse(picture_in(letter)[0]).path, **PERSON)

    assert kinds(ann) == []


def test_s23_switched_off_old_links_still_lead_on_and_tell_nothing(on, workspace, ann):
    address = links_in(letter_to(ann))[0]
    workspace.tracks = False
    workspace.save(update_fields=["tracks"])

    assert there(address, MONDAY + DAY)["Location"] == PRICES
    assert kinds(ann) == []


def test_s23_an_administrator_switches_it_on_and_back(workspace, mias):
    form = {"name": "Banners", "currency": "EUR", "language": "", "tracks": "on"}
    page = mias.post("/settings/", form, follow=True)
    workspace.refresh_from_db()

    assert workspace.tracks
    assert "Saved." in text_of(page)


def test_s23_a_mail_that_is_written_here_is_tracked_and_kept_in_its_own_words(on, ann, bob):
    box = Mailbox.objects.create(
        workspace=ann.workspace, member=bob, address="bob@banners.example", added_at=MONDAY
    )
    said = f"Our prices: {PRICES}"
    draft = Draft(party=ann, member=bob, subject="Prices", text=said, matter="roof", mailbox=box)

    mail = write(draft, key="k", at=MONDAY)

    link = Link.objects.get(purpose="target")
    assert (link.message, link.target, link.party) == ("k", PRICES, ann)
    assert f"https://follow.banners.example/r/{link.token}/" in bytes(mail.raw).decode().replace(
        "=\r\n", ""
    )
    assert mail.words == said
