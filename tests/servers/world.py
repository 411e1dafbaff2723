"""The mail world of the tests: Bob's house and his customers', and whoever writes between them."""

import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count
from pathlib import Path

from tests.servers.dovecot import PASSWORD, PATIENCE, PROGRAM, Dovecot
from tests.servers.postfix import PROGRAMS, Postfix

numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Box:
    """Somebody's mailbox in this world."""

    address: str
    password: str


@dataclass(frozen=True, kw_only=True)
class World:
    dovecot: Dovecot
    postfix: Postfix

    def mailbox(self, name: str = "bob", house: str = "banners.test") -> Box:
        """A fresh one for each test."""
        address = f"{name}{next(numbers)}.{os.getpid()}@{house}"
        return Box(address=address, password=PASSWORD)

    def send(self, mail: EmailMessage | bytes, *, by: str = "", to: str = "") -> None:
        """From anywhere in the world."""
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        sender = by or (mail["From"] if isinstance(mail, EmailMessage) else "")
        whom = [to] if to else str(mail["To"]).split(", ")  # type: ignore[index]
        with smtplib.SMTP("127.0.0.1", self.postfix.inbound, timeout=PATIENCE) as door:
            door.sendmail(sender, whom, raw)

    def file(self, box: Box, raw: bytes, folder: str = "INBOX") -> None:
        """Laid straight into a folder, as a member's own client files what it sent."""
        subprocess.run(
            ["/usr/bin/doveadm", "-c", str(self.dovecot.file), "save", "-u", box.address,
             "-m", folder],
            input=raw, check=True, capture_output=True, timeout=60,
        )  # fmt: skip

    def away(self, box: Box, words: str) -> None:
        """A real auto-responder answers for them from now on."""
        name, _, house = box.address.partition("@")
        home = self.dovecot.folder / "mail" / house / name
        home.mkdir(parents=True, exist_ok=True)
        script = home / ".dovecot.sieve"
        script.write_text(
            f'require ["vacation"];\nvacation :addresses ["{box.address}"] "{words}";\n'
        )
        for path in (home.parent, home, script):
            shutil.chown(path, "nobody", "nogroup")

    def count(self, box: Box, folder: str = "INBOX") -> int:
        said = self.dovecot.adm("mailbox", "status", "-u", box.address, "messages", folder)
        return int(said.rpartition("=")[2] or 0)

    def wait_for(self, box: Box, mails: int, folder: str = "INBOX") -> None:
        eventually(lambda: self.count(box, folder) >= mails)


def eventually(so: Callable[[], object], patience: float = PATIENCE) -> None:
    """Waits until it is so. Servers take their time."""
    until = time.monotonic() + patience
    while not so():
        if time.monotonic() > until:
            raise AssertionError("It did not become so in time.")
        time.sleep(0.02)


def why_not_here() -> str:
    """What keeps the world from being started; "" for nothing."""
    if not (PROGRAM.exists() and (PROGRAMS / "master").exists()):
        return "Mail servers (postfix, dovecot-imapd, dovecot-lmtpd) are not installed"
    if os.geteuid() != 0:
        return "Mail servers are started by root alone"
    return ""


@contextmanager
def world() -> Iterator[World]:
    """Started in a folder of its own, ports and all, and gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mail-", dir="/tmp"))  # sockets want short names
    folder.chmod(0o755)
    imap, inbound, submission = _free_ports(3)
    dovecot = Dovecot(folder=folder / "d", port=imap, out=inbound)
    postfix = Postfix(folder=folder / "p", inbound=inbound, submission=submission)
    for path in (dovecot.folder, postfix.folder):
        path.mkdir(mode=0o755)
    try:
        dovecot.start()
        postfix.start(dovecot)
        yield World(dovecot=dovecot, postfix=postfix)
    finally:
        postfix.stop()
        dovecot.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(how_many: int) -> list[int]:
    doors = [socket.socket() for _ in range(how_many)]
    for door in doors:
        door.bind(("127.0.0.1", 0))
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports
