"""One look at a mailbox: what came in each folder since the last one is stored, by portions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from imaplib import IMAP4

from django.conf import settings

from followthrough.core.saying import says
from followthrough.inlets.servers.clients import PATIENCE, Imap
from followthrough.inlets.servers.passes import secret_for
from followthrough.inlets.servers.places import Server
from followthrough.inlets.servers.postbox import Letter, Postbox
from followthrough.inlets.servers.sign_in import ENDED
from followthrough.inlets.servers.trouble import REFUSED, LoginRefused, Trouble, in_plain_words
from followthrough.ledger import clock, mailboxes, sign_ins
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import Folder, Mailbox, Reading, StoredMail
from followthrough.ledger.models.mailboxes import BY_TOKEN
from followthrough.worker.mailbox.filing import file_copies
from followthrough.worker.mailbox.storing import Portion, store

MANY, WEIGHT = 200, 8 << 20  # mails and bytes that are fetched at once
COUNTING = timedelta(hours=1)  # between two counts of what may be missing
AUDITED = timedelta(days=8)
OTHER_KEY = says("The server’s key was changed, so its password cannot be read. Type it once more.")


@contextmanager
def opened(mailbox: Mailbox, *, seconds: float = PATIENCE) -> Iterator[Postbox]:
    """Signed in. All that goes wrong meanwhile is Trouble, in plain words."""
    server = Server(
        host=mailbox.imap_host, port=mailbox.imap_port, security=mailbox.imap_security
    )  # fmt: skip
    with in_plain_words(server.host, server.port):
        imap = Imap(server, inside=settings.MAIL_INSIDE, seconds=seconds)
        try:
            _sign_in(imap, mailbox)
            yield Postbox(imap)
        finally:
            imap.hang_up()


def _sign_in(imap: Imap, mailbox: Mailbox) -> None:
    """A token that is refused before its time is fetched anew, once."""
    if mailbox.sign_in != BY_TOKEN:
        imap.sign_in(mailbox.username, _secret(mailbox))
        return
    try:
        imap.sign_in_by_token(mailbox.username, _secret(mailbox))
    except LoginRefused:
        if not sign_ins.forget_old_token(mailbox, at=clock.now()):
            raise Trouble(REFUSED, says(ENDED.template, name=mailbox.address)) from None
        _sign_in(imap, mailbox)


def _secret(mailbox: Mailbox) -> str:
    try:
        return secret_for(mailbox, inside=settings.MAIL_INSIDE, at=clock.now())
    except CouldNotUnlock as error:
        raise Trouble(REFUSED, OTHER_KEY) from error


def look(reading: Reading, *, at: datetime, seconds: float = PATIENCE) -> int:
    """One look of its own, from signing in to hanging up; how many mails came."""
    with opened(reading.mailbox, seconds=seconds) as box:
        came = look_around(reading, box, at=at)
        file_copies(reading, box, at=at)
        return came


def look_around(reading: Reading, box: Postbox, *, at: datetime) -> int:
    """All folders that matter to us. INBOX comes first: people wait there."""
    came = 0
    with in_plain_words(reading.mailbox.imap_host, reading.mailbox.imap_port):
        for folder in _folders(reading, box):
            came += _look_into(reading, folder, box, at)
    if reading.caught_up_at is None:
        reading.caught_up_at = at
        reading.save(update_fields=["caught_up_at"])
    return came


def _folders(reading: Reading, box: Postbox) -> list[Folder]:
    ours = {"workspace_id": reading.workspace_id, "mailbox_id": reading.mailbox_id}
    found = box.folders()
    for name, role in found.items():
        Folder.objects.get_or_create(**ours, name=name, defaults={"role": role})
    return list(Folder.objects.filter(**ours, name__in=found).order_by("pk"))


def _look_into(reading: Reading, folder: Folder, box: Postbox, at: datetime) -> int:
    opened_as = box.open(folder.name)
    if folder.uidvalidity != opened_as.validity:  # numbered anew: all is looked through again
        folder.uidvalidity, folder.next_uid = opened_as.validity, 1
        folder.save(update_fields=["uidvalidity", "next_uid"])
    # On a first look, and after new numbers, only as far back as somebody wanted.
    first = folder.caught_up_at is None or folder.next_uid == 1
    since = reading.mailbox.read_from if first else None
    came = 0
    if folder.next_uid == 1 or opened_as.next_uid != folder.next_uid:
        uids = box.numbers(since=since, at_least=folder.next_uid)
        came = _fetch(reading, folder, box, uids, at)
        folder.next_uid = max(folder.next_uid, opened_as.next_uid)
        folder.on_server += came
    if folder.counted_at is None or at - folder.counted_at >= COUNTING:
        came += _count(reading, folder, box, at)
    folder.caught_up_at = folder.caught_up_at or at
    folder.read_at = at
    folder.save(update_fields=["next_uid", "caught_up_at", "read_at", "on_server"])
    return came


def _fetch(
    reading: Reading, folder: Folder, box: Postbox, uids: Sequence[int], at: datetime
) -> int:
    came = 0
    for start in range(0, len(uids), MANY):
        for letters in _portions(box.letters(uids[start : start + MANY])):
            wholes = _wholes(box, [one.uid for one in letters])
            portion = Portion(letters=letters, wholes=wholes, next_uid=letters[-1].uid + 1)
            came += store(reading, folder, portion, at=at)
    return came


def _portions(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """As many as fit into memory."""
    portion: list[Letter] = []
    weight = 0
    for one in letters:
        if portion and weight + one.size > WEIGHT:
            yield portion
            portion, weight = [], 0
        portion.append(one)
        weight += one.size
    if portion:
        yield portion


def _wholes(box: Postbox, uids: Sequence[int]) -> dict[int, bytes]:
    """Where the server stumbles over one of them, the others are asked for one by one."""
    try:
        return box.wholes(uids)
    except IMAP4.abort:
        raise
    except IMAP4.error:
        if len(uids) == 1:
            return {}
        return {uid: raw for one in uids for uid, raw in _wholes(box, [one]).items()}


# --- whether anything is missing ---------------------------------------------------------------


def _count(reading: Reading, folder: Folder, box: Postbox, at: datetime) -> int:
    """How many lie there, and whether we have all of the last days: what is missing is fetched."""
    first = reading.mailbox.read_from or date(1970, 1, 1)
    there = box.numbers(since=first)
    lately = box.numbers(since=max(first, (at - AUDITED).date()))
    missing = _missing(folder, lately)
    came = _fetch(reading, folder, box, missing, at)
    folder.on_server = len(there)
    folder.missing = len(_missing(folder, there))
    folder.counted_at = at
    folder.save(update_fields=["on_server", "missing", "counted_at"])
    return came


def _missing(folder: Folder, uids: Sequence[int]) -> list[int]:
    stored = set(
        StoredMail.objects.filter(
            workspace=folder.workspace_id, mailbox=folder.mailbox_id, folder=folder,
            uidvalidity=folder.uidvalidity,
        ).values_list("uid", flat=True)
    )  # fmt: skip
    return [uid for uid in uids if uid not in stored]


def look_safely(reading: Reading, *, at: datetime, seconds: float = PATIENCE) -> int:
    """A look, and what came of it in the books: it worked, or it did not and somebody is told."""
    try:
        came = look(reading, at=at, seconds=seconds)
    except Trouble as trouble:
        mailboxes.failed(reading, trouble.said, refused=trouble.kind == REFUSED, at=at)
        return 0
    mailboxes.worked(reading, at=at)
    return came
