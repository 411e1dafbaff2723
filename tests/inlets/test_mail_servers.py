"""Mail servers: found, reached only where anybody may look, and their troubles in plain words."""

import socket
import ssl
import threading
from contextlib import contextmanager

import pytest

from followthrough.inlets.servers.clients import Imap
from followthrough.inlets.servers.finding import servers_of
from followthrough.inlets.servers.places import PLAIN, TLS, Server, guesses, provider_of, providers
from followthrough.inlets.servers.postbox import Postbox, _moment
from followthrough.inlets.servers.reach import MACHINE, reach
from followthrough.inlets.servers.trial import Login, problems_with
from followthrough.inlets.servers.trouble import Trouble, in_plain_words
from followthrough.ledger import clock

# --- where they are ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "imap", "smtp"),
    [
        ("ann@gmail.com", "imap.gmail.com:993", "smtp.gmail.com:465"),
        ("Ann@GoogleMail.com", "imap.gmail.com:993", "smtp.gmail.com:465"),
        ("ann@outlook.com", "outlook.office365.com:993", "smtp.office365.com:587"),
        ("ann@icloud.com", "imap.mail.me.com:993", "smtp.mail.me.com:587"),
        ("ann@yahoo.fr", "imap.mail.yahoo.com:993", "smtp.mail.yahoo.com:465"),
        ("ann@gmx.de", "imap.gmx.net:993", "mail.gmx.net:465"),
        ("ann@web.de", "imap.web.de:993", "smtp.web.de:587"),
        ("ann@fastmail.com", "imap.fastmail.com:993", "smtp.fastmail.com:465"),
    ],
)
def test_servers_of_great_providers_are_known(address, imap, smtp):
    found = servers_of(address).servers

    assert f"{found.imap.host}:{found.imap.port}" == imap
    assert f"{found.smtp.host}:{found.smtp.port}" == smtp


def test_a_company_may_have_its_mailboxes_with_one_of_them():
    assert servers_of("ann@banners.test", provider="gmail").servers.imap.host == "imap.gmail.com"
    assert provider_of("ann@banners.test") is None


def test_every_provider_speaks_in_a_protected_way():
    servers = [one for found in providers().values() for one in vars(found.servers).values()]

    assert {(one.port, one.security) for one in servers} <= {
        (993, "tls"), (465, "tls"), (587, "starttls"),
    }  # fmt: skip


def test_elsewhere_the_usual_names_are_tried():
    reading, sending = guesses("bob@banners.test")

    assert [one.host for one in reading] == [
        "imap.banners.test",
        "mail.banners.test",
        "banners.test",
    ]
    assert (sending[0].host, sending[0].port) == ("smtp.banners.test", 465)


def test_where_nothing_answers_somebody_is_asked():
    assert servers_of("bob@banners.invalid") is None


# --- who may be reached --------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "localhost.", "127.1", "2130706433", "0x7f000001", "0.0.0.0",
        "::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "192.0.0.8",
        "fe80::1", "fec0::1", "fd00::1", "224.0.0.1",
    ],
)  # fmt: skip
def test_nobody_looks_around_inside(host):
    with pytest.raises(Trouble, match="inside your own network"):
        reach(Server(host=host, port=993), inside="", seconds=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_what_is_allowed_in_the_house_is_not_this_machine(host):
    with pytest.raises(Trouble, match="inside your own network"):
        reach(Server(host=host, port=993), inside="house", seconds=1)


@pytest.mark.parametrize("port", [22, 80, 443, 3306, 5432, 8080])
def test_other_ports_are_not_knocked_at(port):
    with pytest.raises(Trouble, match="Mail is not spoken at port"):
        reach(Server(host="mail.example.com", port=port), inside="", seconds=1)


def test_a_password_never_travels_in_the_open():
    with pytest.raises(Trouble, match="anybody could read the password"):
        reach(Server(host="9.9.9.9", port=143, security=PLAIN), inside="", seconds=1)


# --- what goes wrong --------------------------------------------------------------------------


@contextmanager
def something(answers):
    """A server of a kind: `answers` gets each line that is open to it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(10)

        def serve():
            line, _ = door.accept()
            with line:
                answers(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield Server(host="127.0.0.1", port=door.getsockname()[1], security=PLAIN)
        thread.join(10)


def trouble(server, seconds=2.0):
    with pytest.raises(Trouble) as found, in_plain_words(server.host, server.port):
        Imap(server, inside=MACHINE, seconds=seconds)
    return str(found.value)


def test_one_that_never_answers_is_given_up():
    hung_up = threading.Event()
    with something(lambda _line: hung_up.wait(10)) as server:
        said = trouble(server, seconds=0.3)
        hung_up.set()

    assert said == "127.0.0.1 did not answer in time. Please try again in a moment."


def test_one_that_speaks_of_other_things_is_no_mail_server():
    with something(lambda line: line.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")) as server:
        said = trouble(server)

    assert "is no mail server" in said


def test_one_that_hangs_up():
    with something(lambda _line: None) as server:
        assert trouble(server) == "127.0.0.1 hung up. Please try again in a moment."


def test_one_that_is_not_there():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    server = Server(host="127.0.0.1", port=port, security=PLAIN)

    assert trouble(server).startswith(f"127.0.0.1 does not answer at port {port}.")


def test_one_that_speaks_without_protection_where_it_should():
    with something(lambda line: line.sendall(b"* OK IMAP4rev1 ready\r\n")) as plain:
        said = trouble(Server(host=plain.host, port=plain.port, security=TLS))

    assert "cannot be spoken to in a protected way" in said


@pytest.mark.django_db
def test_a_certificate_that_is_not_its_own(tmp_path):
    from tests.servers.certificate import self_signed  # noqa: PLC0415

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path, at=clock.now()))

    def answers(line):
        with pytest.raises(OSError):  # whoever calls does not trust it
            context.wrap_socket(line, server_side=True).recv(1)

    with something(answers) as plain:
        said = trouble(Server(host=plain.host, port=plain.port, security=TLS))

    assert said.startswith("127.0.0.1 shows a certificate that is not its own")


def test_no_such_server():
    server = Server(host="no-such-server.invalid", port=993)

    assert trouble(server).startswith("There is no server called no-such-server.invalid.")


# --- tried for real -----------------------------------------------------------------------------


def here(world):
    imap = Server(host="127.0.0.1", port=world.dovecot.port, security=PLAIN)
    smtp = Server(host="127.0.0.1", port=world.postfix.submission, security=PLAIN)
    return type(providers()["gmail"].servers)(imap=imap, smtp=smtp)


def said_of(world, password, provider=None):
    box = world.mailbox()
    login = Login(name=box.address, password=password or box.password, inside=MACHINE)
    return [str(one) for one in problems_with(here(world), login, provider)]


def test_what_works_has_no_problem(mail_world):
    assert said_of(mail_world, "") == []


@pytest.mark.parametrize("password", ["wrong", "fälsch", 'with "quotes" \\ and spaces'])
def test_a_wrong_password_is_told_once(mail_world, password):
    [said] = said_of(mail_world, password)

    assert said.startswith("The server does not accept this password.")


def test_where_an_app_password_is_wanted_it_says_where(mail_world):
    [said] = said_of(mail_world, "my usual one", providers()["gmail"])

    assert "https://myaccount.google.com/apppasswords" in said


def test_where_no_password_is_taken_it_says_so(mail_world):
    [said] = said_of(mail_world, "my usual one", providers()["microsoft"])

    assert "no longer lets programs in with a password" in said


# --- what a server says --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "hour"),
    [(b" 2-Mar-2026 10:00:00 +0000", 10), (b"02-Mar-2026 10:00:00 +0200", 8), (b"nonsense", None)],
)
def test_when_a_mail_arrived(said, hour):
    found = _moment(said)

    assert (found and found.hour) == hour


def test_folders_are_known_by_their_use_and_by_their_names(mail_world):
    box = mail_world.mailbox()
    for name in ("Gesendet", "Archive", "Sent/2025"):
        mail_world.dovecot.adm("mailbox", "create", "-u", box.address, name)
    imap = Imap(here(mail_world).imap, inside=MACHINE)
    imap.sign_in(box.address, box.password)

    found = Postbox(imap).folders()
    imap.hang_up()

    assert found == {"INBOX": "inbox", "Sent": "sent", "Junk": "junk"}
