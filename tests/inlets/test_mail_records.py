"""What the house of an address says of its own servers."""

import threading
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingUDPServer

import dns.message
import dns.resolver
import dns.rrset
import pytest
from tests.inlets.test_mail_servers import something
from tests.servers.pages import pages

from followthrough.inlets.servers import trial
from followthrough.inlets.servers.finding import servers_of
from followthrough.inlets.servers.pages import ask
from followthrough.inlets.servers.places import Server, Servers
from followthrough.inlets.servers.records import names_of, read
from followthrough.inlets.servers.trial import Login, problems_with
from followthrough.inlets.servers.trouble import Trouble

ADDRESS = "bob@banners.test"
SAYS = """<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="banners.test">
<incomingServer type="pop3"><hostname>pop.banners.test</hostname><port>995</port>
  <socketType>SSL</socketType></incomingServer>
<incomingServer type="imap"><hostname>open.banners.test</hostname><port>143</port>
  <socketType>plain</socketType></incomingServer>
<incomingServer type="imap"><hostname>IMAP.banners.test</hostname><port>993</port>
  <socketType>SSL</socketType><username>{name}</username></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.banners.test</hostname><port>587</port>
  <socketType>STARTTLS</socketType></outgoingServer></emailProvider></clientConfig>"""
GOOD = SAYS.format(name="%EMAILLOCALPART%").encode()


def test_its_file_names_the_servers_that_are_protected():
    found = read(GOOD, ADDRESS)

    assert found.servers.imap == Server(host="imap.banners.test", port=993)
    assert found.servers.smtp == Server(host="smtp.banners.test", port=587, security="starttls")
    assert (found.name, found.sure) == ("bob", True)


@pytest.mark.parametrize(
    ("name", "means"),
    [("%EMAILADDRESS%", ADDRESS), ("%REALNAME%", ADDRESS), ("%EMAILLOCALPART%.x", "bob.x")],
)
def test_how_one_is_called_there(name, means):
    assert read(SAYS.format(name=name).encode(), ADDRESS).name == means


BOMB = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]>' + GOOD.partition(b"?>")[2]


@pytest.mark.parametrize(
    "said",
    [
        b"", b"no xml", b"<html>not found</html>", BOMB, GOOD.replace(b"SSL", b"plain"),
        GOOD.replace(b"993", b"993993"), b"<a>" * 5000, "<\u00e9>".encode("utf-16"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_is_open_to_all_is_no_answer(said):
    assert read(said, ADDRESS) is None


# --- asked for real -------------------------------------------------------------------------


def test_the_file_is_fetched_with_the_address_and_believed():
    asked = []

    def answer(handler, _body):
        asked.append(handler.path)
        return 200, {}, GOOD

    with pages(answer) as site:
        said = [site + "/mail/config-v1.1.xml?emailaddress={address}"]
        found = servers_of("bob+x@house.invalid", inside="machine", said=said)

    assert asked == ["/mail/config-v1.1.xml?emailaddress=bob%2Bx%40house.invalid"]
    assert (found.servers.imap.host, found.name) == ("imap.banners.test", "bob+x")


def test_a_page_that_leads_elsewhere_is_not_followed():
    with pages(lambda *_asked: (302, {"Location": "http://127.0.0.1/"}, b"")) as site:
        assert servers_of("b@house.invalid", inside="machine", said=[site]) is None


@pytest.mark.parametrize("inside", ["", "house"])
def test_nobody_looks_around_inside_by_such_a_page(inside):
    with (
        pages(lambda *_asked: (200, {}, GOOD)) as site,
        pytest.raises(Trouble, match=r"inside your own network|Mail is not spoken"),
    ):
        ask(site, inside=inside)


def test_of_an_endless_page_a_little_is_read():
    with pages(lambda *_asked: (200, {}, b"x" * 1_000_000)) as site:
        assert len(ask(site, inside="machine").body) == 64 << 10


# --- names ------------------------------------------------------------------------------------


@contextmanager
def names(records):
    """A server for names: `records` are targets by name."""

    class Handler(BaseRequestHandler):
        def handle(self):
            raw, line = self.request
            asked = dns.message.from_wire(raw)
            name = str(asked.question[0].name)
            said = dns.message.make_response(asked)
            if name in records:
                row = dns.rrset.from_text(name, 60, "IN", "SRV", *records[name])
                said.answer.append(row)
            line.sendto(said.to_wire(), self.client_address)

    with ThreadingUDPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.server_address[1]
        yield resolver
        server.shutdown()
        thread.join(10)


def srv(where, imap="mail.{d}.", smtp="mail.{d}."):
    return {
        "_imaps._tcp.banners.test.": ["20 1 993 worse.test.", f"10 1 993 {imap.format(d=where)}"],
        "_submission._tcp.banners.test.": [f"0 1 587 {smtp.format(d=where)}"],
    }


def test_its_names_are_believed_where_they_stay_in_the_house():
    with names(srv("banners.test")) as resolver:
        found = names_of("banners.test", resolver)

    assert found.servers == Servers(
        imap=Server(host="mail.banners.test", port=993),
        smtp=Server(host="mail.banners.test", port=587, security="starttls"),
    )
    assert found.sure


@pytest.mark.parametrize("where", ["elsewhere.test", "notbanners.test"])
def test_names_that_lead_to_another_house_want_a_yes(where):
    with names(srv(where)) as resolver:
        assert names_of("banners.test", resolver).sure is False


def test_a_house_that_offers_nothing_says_so():
    with names(srv("banners.test", imap=".")) as resolver:
        assert names_of("banners.test", resolver).servers.imap.host == "worse.test"
    with names({}) as resolver:
        assert names_of("banners.test", resolver) is None


# --- how long it is waited for ---------------------------------------------------------------


def test_a_server_that_says_a_letter_now_and_then_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(trial, "TRYING", 0.4)
    ended = threading.Event()

    def drips(line):
        try:
            while not ended.wait(0.05):
                line.sendall(b"*")
        except OSError:
            ended.set()

    with something(drips) as one, something(drips) as other:
        login = Login(name="bob", password="x", inside="machine")
        said = problems_with(Servers(imap=one, smtp=other), login, None)
        ended.wait(5)

    assert [str(one) for one in said] == [
        "127.0.0.1 did not answer in time. Please try again in a moment."
    ]
