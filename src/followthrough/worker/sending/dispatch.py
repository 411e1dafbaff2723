"""One batch from one mailbox: claimed, staged to the last byte, handed over, answered, settled."""

import random
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex

from django.conf import settings

from followthrough.channels.email.answers import DOT, Answer
from followthrough.channels.email.lines import Lines, Mail
from followthrough.channels.email.posting import SECONDS, Posting
from followthrough.channels.email.services import SERVICES
from followthrough.channels.email.talk import Account, NotSent, Patience
from followthrough.inlets.servers.passes import secret_for
from followthrough.inlets.servers.places import Server
from followthrough.inlets.servers.reach import reach
from followthrough.inlets.servers.trouble import Trouble
from followthrough.ledger import clock
from followthrough.ledger.models import Mailbox, Sending
from followthrough.ledger.models.mailboxes import BY_KEY, BY_TOKEN
from followthrough.ledger.models.outbox import QUEUED
from followthrough.ledger.outbox import pace, places
from followthrough.ledger.outbox.claiming import Claimed, claim, hand_over
from followthrough.ledger.outbox.returning import return_address
from followthrough.ledger.outbox.settling import Outcome, settle
from followthrough.ledger.outbox.telling import tell
from followthrough.worker.clock_watch import seconds_awake
from followthrough.worker.sending.verdicts import Chance, learn, outcome

# Lines to one server at a time. Some let nobody have more than three.
AT_ONCE = 3
ASLEEP = 60.0  # seconds between the handover and the last byte: whoever slept so long gives up


def _opens(mailbox: Mailbox) -> str:
    return secret_for(mailbox, inside=settings.MAIL_INSIDE, at=clock.now())


@dataclass(frozen=True, kw_only=True)
class Way:
    """How it is sent. `passes` hears of each point behind which a crash leaves another state; the
    tests end the process there. `inside` says how far inside our network a server may lie; None:
    as the settings say."""

    secret: Callable[[Mailbox], str] = _opens
    inside: str | None = None
    chance: Chance = field(default=random.Random().random)  # noqa: S311 - spreads retries
    patience: Patience = field(default_factory=Patience)
    at_once: int = AT_ONCE
    seconds: Callable[[], float] = seconds_awake
    passes: Callable[[str], None] = lambda _point: None


AS_EVER = Way()
Said = tuple[Claimed, Answer, str]  # what, what was said, and at which stage


@contextmanager
def lines_of(mailbox: Mailbox, way: Way) -> Iterator[Lines | Posting]:
    """To its server, or to the service that sends for it."""
    if mailbox.sign_in == BY_KEY:
        service = SERVICES[mailbox.provider]
        with Posting(service, way.secret(mailbox), min(way.patience.answer, SECONDS)) as posting:
            yield posting
        return
    with Lines(account_of(mailbox, way), way.patience) as lines:
        yield lines


def account_of(mailbox: Mailbox, way: Way) -> Account:
    return Account(
        connect=partial(_connected, mailbox, way), host=mailbox.smtp_host,
        port=mailbox.smtp_port, security=mailbox.smtp_security, username=mailbox.username,
        secret=way.secret(mailbox), by_token=mailbox.sign_in == BY_TOKEN,
    )  # fmt: skip


def _connected(mailbox: Mailbox, way: Way, seconds: float) -> socket.socket:
    """Where a name leads is looked at each time: it may lead elsewhere than on the day on which
    the mailbox was tried."""
    server = Server(
        host=mailbox.smtp_host, port=mailbox.smtp_port, security=mailbox.smtp_security
    )  # fmt: skip
    inside = settings.MAIL_INSIDE if way.inside is None else way.inside
    try:
        return reach(server, inside=inside, seconds=seconds)
    except Trouble as why:
        raise OSError(str(why)) from why


def send_all(mailbox: Mailbox, way: Way = AS_EVER) -> int:
    """All that may leave from there now; how many were tried."""
    with lines_of(mailbox, way) as lines:
        tried = 0
        while some := send_some(mailbox, lines, way):
            tried += some
            if (
                isinstance(lines, Lines) and mailbox.sign_in == BY_TOKEN
            ):  # it lasts an hour, and there may be more to send
                lines.account = account_of(mailbox, way)
        return tried


def send_some(mailbox: Mailbox, lines: Lines | Posting, way: Way = AS_EVER) -> int:
    """One batch; how many were tried."""
    token = token_hex(16)
    batch = claim(mailbox, token=token, most=way.at_once, at=clock.now())
    if not batch:
        return 0
    way.passes("claimed")
    not_sent = lines.stage([_mail(one, mailbox) for one in batch])
    way.passes("staged")
    before = way.seconds()
    staged = [one for one in batch if one.id not in not_sent]
    left = _hand_over(mailbox, staged, token)
    lines.drop([one.id for one in staged if one.id not in left])
    way.passes("handed over")
    said = _refusals(batch, not_sent)
    if way.seconds() - before > ASLEEP:
        _keep(mailbox, said, token, way, more=_woke_too_late(lines))
        return len(batch)
    lines.last_bytes()
    way.passes("last byte")
    while answers := lines.answers():
        way.passes("answered")
        said += [(one, it, it.stage or DOT) for one in staged if (it := answers.get(one.id))]
        _keep(mailbox, said, token, way)
        said = []
    _keep(mailbox, said, token, way)
    way.passes("settled")
    tell(mailbox.workspace, at=clock.now(), mailbox=mailbox)
    return len(batch)


def _mail(one: Claimed, mailbox: Mailbox) -> Mail:
    sender = return_address(mailbox, one.sender, one.envelope)
    return Mail(
        id=one.id, sender=sender, recipient=one.recipient, envelope=one.envelope, raw=one.raw
    )


def _hand_over(mailbox: Mailbox, staged: Sequence[Claimed], token: str) -> set[int]:
    workspace = mailbox.workspace
    left, number = hand_over(workspace, [one.id for one in staged], token=token, at=clock.now())
    if left:
        [installation] = Sending.objects.filter(workspace=workspace).values_list(
            "installation", flat=True
        )
        places.note(installation, number)
    return left


def _refusals(batch: Sequence[Claimed], not_sent: dict[int, NotSent]) -> list[Said]:
    return [
        (one, why.answer, why.stage) for one in batch if (why := not_sent.get(one.id)) is not None
    ]


def _woke_too_late(lines: Lines | Posting) -> list[Outcome]:
    """No last byte was sent: it is surely not sent, and may be tried at once."""
    ids = list(lines.staged)
    lines.drop(ids)
    return [Outcome(id=pk, state=QUEUED, again_at=clock.now()) for pk in ids]


def _keep(
    mailbox: Mailbox, said: Sequence[Said], token: str, way: Way, more: Sequence[Outcome] = ()
) -> None:
    """The messages first: what it tells of the mailbox can be told again."""
    if not said and not more:
        return
    at = clock.now()
    found = [outcome(one, answer, stage, at=at, chance=way.chance) for one, answer, stage in said]
    settle(mailbox.workspace, [*found, *more], token=token, at=at)
    for one, answer, stage in said:
        if stage != DOT or not 200 <= answer.code < 300:
            learn(mailbox, one.recipient, answer, stage, at=at)
    if any(stage == DOT and 200 <= answer.code < 300 for _, answer, stage in said):
        pace.accepted(mailbox)
        Mailbox.objects.filter(pk=mailbox.pk).update(sent_at=at)
