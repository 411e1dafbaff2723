"""A mailbox connected with thousands of mails in it: fetched, stored, and read to the end."""

import os
import pwd
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from tests.servers.world import World, why_not_here, world

from bench.figures import Figure
from bench.importing import MONDAY, _shop
from bench.mailbox import _mail

MAILS = 3_000


def backfill() -> Iterator[Figure]:
    """Left out where no mail servers can be started."""
    if why_not_here():
        return
    from django.test.utils import override_settings  # noqa: PLC0415

    with world() as servers, override_settings(MAIL_INSIDE="machine"):
        laid_out(servers.dovecot.folder / "mail" / "banners.example" / "bob", MAILS)
        stored, read = _seconds(servers)
    yield Figure(
        name="IMAP back-fill, fetched and stored", value=MAILS / stored, unit="mails/s", limit=300,
        more_is_better=True,
    )  # fmt: skip
    yield Figure(
        name="IMAP back-fill, read into the books", value=MAILS / read, unit="mails/s", limit=100,
        more_is_better=True,
    )  # fmt: skip


BENCHES: dict[str, Callable[[], Iterator[Figure]]] = {"backfill": backfill}


def laid_out(folder: Path, count: int) -> None:
    """As files of a Maildir: delivering each would take longer than reading them."""
    owner = pwd.getpwnam("nobody")
    new = folder / "new"
    for path in (folder, folder / "cur", new, folder / "tmp"):
        path.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        (new / f"{1_700_000_000 + n}.M{n}.bench").write_text(_mail(n, count), newline="\r\n")
    for path in (folder.parent, folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _seconds(servers: World) -> tuple[float, float]:
    """For storing all of it, and for reading what is stored."""
    from followthrough.ledger import mailboxes  # noqa: PLC0415
    from followthrough.ledger.models import StoredMail  # noqa: PLC0415
    from followthrough.worker.mailbox.looking import look_safely  # noqa: PLC0415
    from followthrough.worker.mailbox.thinking import think  # noqa: PLC0415

    member = _shop("backfill")
    mailbox = mailboxes.connect(
        member, "correct-horse", at=MONDAY, address="bob@banners.example",
        username="bob@banners.example", imap_host="127.0.0.1", imap_port=servers.dovecot.port,
        imap_security="plain", smtp_host="127.0.0.1",
    )  # fmt: skip
    reading = mailboxes.to_read(member.workspace).get()
    mailboxes.claim(reading, lease="bench", at=MONDAY)
    start = perf_counter()
    assert look_safely(reading, at=MONDAY) == MAILS  # noqa: S101 - a bench of what failed lies
    stored = perf_counter() - start
    start, turn = perf_counter(), 0
    while StoredMail.objects.filter(mailbox=mailbox, state="waiting").exists():
        turn += 1
        think(member.workspace, at=MONDAY + timedelta(seconds=turn))
    return stored, perf_counter() - start
