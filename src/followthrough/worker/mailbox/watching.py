"""A thread for each mailbox: it looks once a minute, and at once where the server says so.

The server's word is a hint only. What was stored is thought about by the loop, with all else.
Where there are very many mailboxes, a few threads look into the others in turn.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread
from uuid import uuid4

from django.db import Error, connection

from followthrough.core.saying import says
from followthrough.inlets.servers.postbox import Opened, Postbox
from followthrough.inlets.servers.trouble import REFUSED, Trouble, in_plain_words
from followthrough.ledger import clock, mailboxes
from followthrough.ledger.models import Folder, Reading, Workspace
from followthrough.worker.mailbox.filing import file_copies
from followthrough.worker.mailbox.looking import look_around, look_safely, opened
from followthrough.worker.mailbox.storing import LostTheLease

logger = logging.getLogger(__name__)

MINUTE = 55.0  # seconds that the server is listened to: far below the 29 minutes of RFC 2177
BREATH = 0.3
PAUSE = 5.0  # where there is nothing to do yet
ROUNDS = 4  # threads that look into the others


class Watchers:
    """One worker's: they end with it."""

    def __init__(self) -> None:
        self.lease = uuid4().hex
        self.stopping = Event()
        self.threads: dict[int, Thread] = {}
        self.others: dict[int, list[int]] = {}  # by workspace
        self.rounds: list[Thread] = []

    def see_to(self, workspace: Workspace) -> int:
        """Each mailbox has its thread, or its turn; how many are listened to. One whose mailbox
        is gone ends by itself."""
        self.threads = {pk: one for pk, one in self.threads.items() if one.is_alive()}
        ids = list(mailboxes.to_read(workspace).values_list("pk", flat=True))
        for pk in ids:
            if pk not in self.threads and len(self.threads) < mailboxes.LISTENED_TO:
                self.threads[pk] = _begun(f"mailbox-{pk}", self._watch, pk)
        self.others[workspace.pk] = [pk for pk in ids if pk not in self.threads]
        if any(self.others.values()):
            alive = [one for one in self.rounds if one.is_alive()]
            missing = range(len(alive), ROUNDS)
            self.rounds = alive + [_begun(f"mailboxes-{n}", self._go_round) for n in missing]
        return len(self.threads)

    def stop(self) -> None:
        self.stopping.set()

    def _watch(self, pk: int) -> None:
        try:
            while not self.stopping.is_set() and (reading := _reading(pk)):
                self._sit(reading)
        finally:
            connection.close()

    def _go_round(self) -> None:
        """Under a lease of its own: of two that go round, one looks into each."""
        lease = uuid4().hex
        while not self.stopping.is_set():
            if not self.look_into_next(lease):
                connection.close()
                self.stopping.wait(PAUSE)
        connection.close()

    def look_into_next(self, lease: str) -> bool:
        """Whether there was one to look into."""
        at = clock.now()
        ids = [pk for some in list(self.others.values()) for pk in some]
        reading = None
        try:
            reading = mailboxes.next_in_turn(ids, at=at)
            if reading and mailboxes.claim(reading, lease=lease, at=at):
                look_safely(reading, at=at)
        except Exception as error:  # no mailbox ends the turn of the others
            _give_up(reading, error)
        return reading is not None

    def _sit(self, reading: Reading) -> None:
        """One connection for as long as it holds. Nothing that goes wrong ends the thread."""
        at = clock.now()
        try:
            if not mailboxes.claim(reading, lease=self.lease, at=at):
                self.stopping.wait(PAUSE)
                return
            with opened(reading.mailbox) as box:
                self._listen(reading, box)
        except Trouble as trouble:
            _fail(reading, trouble)
        except (Error, LostTheLease):
            logger.exception("Mailbox %s is looked at again in a moment", reading.mailbox_id)
            connection.close()
            self.stopping.wait(PAUSE)
        except Exception as error:
            _give_up(reading, error)
            self.stopping.wait(MINUTE)

    def _listen(self, reading: Reading, box: Postbox) -> None:
        while not self.stopping.is_set():
            look_around(reading, box, at=clock.now())
            alive = file_copies(reading, box, at=clock.now())
            mailboxes.worked(reading, at=clock.now())
            if not (alive and self._waited(reading, box)):
                mailboxes.let_others(reading, at=clock.now())
                return
            # Removed, or given another password, or another worker was faster.
            if not _same(reading) or not mailboxes.claim(
                reading, lease=self.lease, at=clock.now(), hinted=True
            ):
                return

    def _waited(self, reading: Reading, box: Postbox) -> bool:
        """A connection may end: only if there is no new one, it is trouble."""
        try:
            self._wait(reading, box)
        except Trouble:
            return False
        return True

    def _wait(self, reading: Reading, box: Postbox) -> None:
        with in_plain_words(reading.mailbox.imap_host, reading.mailbox.imap_port):
            if _came_meanwhile(reading, box.open("INBOX")):
                return
            connection.close()  # nobody needs it for the next minute
            if not box.listens:
                self.stopping.wait(MINUTE)
                return
            box.wait(MINUTE)
            self.stopping.wait(BREATH)  # some servers say very much


def _begun(name: str, work: Callable[..., None], *args: int) -> Thread:
    thread = Thread(target=work, args=args, name=name, daemon=True)
    thread.start()
    return thread


def _give_up(reading: Reading | None, error: Exception) -> None:
    """For now; it is tried again like one whose server does not answer."""
    logger.exception("Reading mailbox %s failed", reading and reading.mailbox_id)
    if reading is None or isinstance(error, (Error, LostTheLease)):
        connection.close()
        return
    why = says("This could not be taken in ({error}).", error=type(error).__name__)
    mailboxes.failed(reading, why, refused=False, at=clock.now())


def _reading(pk: int) -> Reading | None:
    rows = Reading.objects.filter(mailboxes.IS_READ, pk=pk)
    return rows.select_related("mailbox__workspace", "mailbox__member").first()


def _came_meanwhile(reading: Reading, inbox: Opened) -> bool:
    """While other folders were looked into: of that a server that is listened to says nothing."""
    known = Folder.objects.filter(
        workspace=reading.workspace_id, mailbox=reading.mailbox_id, name="INBOX",
        uidvalidity=inbox.validity, next_uid__gte=inbox.next_uid,
    )  # fmt: skip
    return bool(inbox.next_uid) and not known.exists()


def _same(reading: Reading) -> bool:
    """Its mailbox is as it was when we signed in."""
    now = _reading(reading.pk)
    before = reading.mailbox
    return now is not None and (now.mailbox.secret, now.mailbox.imap_host) == (
        before.secret, before.imap_host,
    )  # fmt: skip


def _fail(reading: Reading, trouble: Trouble) -> None:
    try:
        reading.refresh_from_db()
        mailboxes.failed(
            reading, trouble.said, refused=trouble.kind == REFUSED, at=clock.now()
        )  # fmt: skip
    except Error:
        logger.exception("What is wrong with mailbox %s was not kept", reading.mailbox_id)
        connection.close()
