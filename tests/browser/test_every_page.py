"""Every page that can be asked for, found by the names of the addresses: a new one cannot be
forgotten. Nobody is shut out, nothing overflows, thumbs can hit it, and it is light.
"""

import gzip
import re
from datetime import date
from functools import partial
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from followthrough.channels.email.writing import Draft, write
from followthrough.core.facts import PerhapsReplied, TheyWrote
from followthrough.core.plans import Step
from followthrough.ledger import (
    clock,
    doubting,
    leaving,
    lists,
    mailboxes,
    membership,
    offers,
    sequences,
    template_changes,
    template_files,
    topics,
)
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import (
    Connection,
    Detail,
    Doubt,
    FollowUp,
    Intake,
    Link,
    Mailbox,
    Matter,
    Message,
    Offer,
    Sequence,
    Topic,
    Want,
)
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import record
from followthrough.web import scripts, styles
from followthrough.web.reminders import pressed
from followthrough.web.urls import urlpatterns
from tests.browser.test_tour import DESK, RULES, SIDEWAYS, TOO_SMALL
from tests.cast import client_of
from tests.ledger.scene import party_named
from tests.sign_shop import NOW, SignShop
from tests.web.knocking import connected, filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KB = 1024
AWAY = date(2026, 12, 7)
PHONE, NARROW = {"width": 390, "height": 3000}, {"width": 320, "height": 3000}
# By day at a desk and by night on a phone; the gallery holds each component in all four.
LOOKS = [(DESK, "light"), (PHONE, "dark")]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
# Two long lists that the browser itself can search: every time zone, and every country.
LONG_LISTS = {"settings_days": 3 * KB, "profile": KB}
# What needs something that this shop has not: a link in a mail, a second step, a mailbox.
ELSEWHERE = {
    "change", "feed", "found_one", "gift", "intake_choices", "intake_report", "intake_left_out",
    "join",
    "account_confirm_email", "account_reset_password_from_key", "mfa_deactivate_totp",
    "mfa_download_recovery_codes", "mfa_edit_webauthn", "mfa_remove_webauthn",
    "mfa_view_recovery_codes", "unread_mail",
}  # fmt: skip


@pytest.fixture
def shop():
    with clock.at(NOW):
        shop = SignShop()
        shop.bob.role = "administrator"
        shop.bob.save(update_fields=["role"])
        Detail.objects.create(
            workspace=shop.workspace, party=shop.ann, kind="personal", text="Rows", said_at=NOW
        )
        Want.objects.create(
            workspace=shop.workspace, party=shop.ann, text="A second sign", said_at=NOW
        )
        sequences.take(shop.workspace, "quote", at=NOW)
        words = template_changes.write(
            shop.workspace, {"name": "Ours", "subjects": ["A", "B"], "text": "Hello"}, at=NOW
        )
        template_files.add_file(words, "prices.pdf", b"%PDF-1.4", at=NOW)
        form = connected("form", shop.bob, title="Ask us", asks={"options": ["A sign", "A van"]})
        filled(form)
        filled(form, website="https://machines.example")
        membership.send_away(shop.mia, first=AWAY, last=AWAY, stand_in=shop.bob)
        mailboxes.connect(
            shop.bob, "secret", at=NOW, address="bob@banners.example", username="bob",
            imap_host="imap.banners.example", smtp_host="smtp.banners.example", read_at=NOW,
        )  # fmt: skip
        draft = Draft(party=shop.ann, member=shop.bob, subject="Your sign", text="Gladly.")
        write(draft, key="gladly", at=NOW)
        offered(shop)
        goes_out_by_itself(shop)
        in_doubt(shop.ann)
        under_a_new_subject(shop.ann)
        yield shop


def in_doubt(party):
    """A mail came that may be their answer."""
    fact = PerhapsReplied(at=NOW, why="elsewhere")
    words = [("Re: The sign", "Yes please.")]
    record(party, fact, source="doubt", at=NOW, words=words)
    named = fact_name("doubt", "PerhapsReplied")
    doubting.put([Doubt(workspace=party.workspace, party=party, said=named, email="x@y.test")])


def under_a_new_subject(party):
    """Somebody is asked what her last mail is about."""
    record(party, TheyWrote(at=NOW), source="topic", at=NOW, words=[("A van", "And a van?")])
    topics.put(
        [Topic(workspace=party.workspace, party=party, said=fact_name("topic", "TheyWrote"))]
    )


def goes_out_by_itself(shop):
    """A mail to Fay leaves by itself today, and half get other words."""
    mail = Step(
        how="email", wait=0, alone=True, words="Hi", other="Hello", goes=(("came_back", 2),)
    )
    plan = sequences.make(
        shop.workspace, sequences.Draft(name="By itself", steps=(mail, Step())), at=NOW
    )
    fay = party_named("Fay", shop.workspace, owner=shop.bob)
    enrol(fay, plan, by=shop.bob, at=NOW, source="fay")
    assert FollowUp.objects.filter(party=fay, sender=shop.bob, settled_at=None).exists()


def offered(shop):
    """An offer, a list to join, and what stands in a mail where a team wants to know."""
    terms = offers.Terms(title="A sign", last=date(2026, 12, 6), terms="£ 900")
    offers.make(shop.ann, terms, by=shop.bob, source="offer", at=NOW)
    lists.link_for(shop.ann, "Newsletter", at=NOW)
    record(shop.ann, lists.word("Newsletter", joins=True, at=NOW), source="list", at=NOW)
    for n, purpose in enumerate(("target", "opening")):
        Link.objects.create(
            workspace=shop.workspace, party=shop.ann, purpose=purpose, token=f"{n}" * 22,
            target="https://banners.example/", made_at=NOW,
        )  # fmt: skip


def test_nobody_is_shut_out_of_any_page(chromium, live_server, shop):
    faults = []
    context = chromium.new_context(
        base_url=live_server.url, locale="en-GB", reduced_motion="reduce", has_touch=True,
        service_workers="block",
    )  # fmt: skip
    page = context.new_page()
    page.on("pageerror", partial(noted, faults))
    for client in (Client(), client_of(shop.bob)):
        for one in client.cookies.values():
            context.add_cookies([{"name": one.key, "value": one.value, "url": live_server.url}])
        for name, address in pages_of(client, numbers(shop)).items():
            page.goto(address)
            faults += [f"{name}: {fault}" for fault in looked_at(page)]
    context.close()

    assert not faults, "\n".join(faults)


def test_no_page_is_heavy(shop):
    client = client_of(shop.bob)
    shell = len(styles.joined().packed) + len(scripts.joined().packed)
    heavy = []
    for name, address in pages_of(client, numbers(shop)).items():
        html = client.get(address).content
        files = re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|woff2|svg))"', html.decode())
        first = len(gzip.compress(html)) + shell + sum(map(weight, set(files)))
        if len(gzip.compress(html)) > 15 * KB + LONG_LISTS.get(name, 0) or first > 120 * KB:
            heavy.append(f"{name}: {len(gzip.compress(html))}, first visit {first}")

    assert heavy == []


def noted(faults, error):
    faults.append(str(error))


# --- looking --------------------------------------------------------------------------------


def looked_at(page):
    unfold(page)
    for size, theme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        yield from (f"{theme} {size['width']} {fault}" for fault in axe(page))
    yield from page.evaluate(TOO_SMALL)
    page.set_viewport_size(NARROW)
    if page.evaluate(SIDEWAYS):
        yield "scrolls sideways at 320"


def unfold(page):
    page.evaluate("document.querySelectorAll('main details').forEach((it) => { it.open = true; })")


def axe(page):
    """The script goes in with the first look at a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations", OPTIONS
    )
    return [f"{one['id']} {one['nodes'][0]['html'][:160]}" for one in found]


def weight(file):
    found = finders.find(file)
    assert found, file
    with open(found, "rb") as opened:  # noqa: PTH123 - finders give text
        body = opened.read()
    return len(body) if file.endswith("woff2") else len(gzip.compress(body))


# --- finding ----------------------------------------------------------------------------------


def pages_of(client, known):
    """Name and address of each whole page that this client may read; none is skipped unseen."""
    found, missing = {}, []
    for name, wanted in sorted(named(urlpatterns)):
        good, refused = None, set()
        for address in addresses(name, wanted, known):
            good = client.get(address)
            if good.status_code == 200:
                break
            refused.add(good.status_code)
            good = None
        if good is not None and b"<html" in b"".join(good)[:5000]:
            found[name] = good.request["PATH_INFO"]
        if good is None and not refused & {302, 401, 403, 405} and name not in ELSEWHERE:
            missing.append(name)
    assert not missing, f"Not one address of these could be opened: {missing}"
    return found


def named(patterns):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name, len(one.pattern.converters)


def addresses(name, wanted, known):
    for given in product(known, repeat=wanted):
        try:
            yield reverse(name, args=given)
        except NoReverseMatch:
            continue


def numbers(shop):
    """Of each kind of thing, one that is there: some fits."""
    owed = FollowUp.objects.filter(member=shop.bob, settled_at=None).first()
    deal = Matter.objects.filter(party=shop.ann, closed_at=None).first()
    form = Connection.objects.get()
    asked = FollowUp.objects.filter(rule="ask_whether", settled_at=None).first()
    there = (
        shop.ann, owed, deal, shop.bob, shop.mia, form, Intake.objects.first(),
        Detail.objects.first(), Sequence.objects.last(), Mailbox.objects.first(),
        Message.objects.first(), asked, Offer.objects.get(),
    )  # fmt: skip
    token = pressed.addresses_of(owed, shop.bob)["done_url"].split("/")[-3]
    left = leaving.token_of(shop.ann)
    names = ["keys", "own", token, pressed.DONE, form.kind, form.key, left, "Newsletter"]
    names += Link.objects.values_list("token", flat=True)
    return [*names, *sorted({one.pk for one in there if one} | {shop.ann.pk + 1})]
