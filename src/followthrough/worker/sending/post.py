"""The steps of sending: a thread for each mailbox with something due, so that a slow server holds
up nobody else; and after them whoever picks up what was left."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread

from django.db import connection

from followthrough.channels.email.answers import Answer
from followthrough.channels.email.lines import can_sign_in
from followthrough.inlets.servers.trouble import REFUSED as TURNED_AWAY
from followthrough.inlets.servers.trouble import Trouble
from followthrough.ledger import clock
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import Mailbox, Pace, Workspace
from followthrough.ledger.models.mailboxes import BY_KEY, REFUSED
from followthrough.ledger.outbox import doubts, pace, places, settling, stopping, telling
from followthrough.ledger.outbox.claiming import due_mailboxes
from followthrough.ledger.outbox.doubts import Copies, no_copies
from followthrough.worker.sending.dispatch import AS_EVER, Way, account_of, send_all
from followthrough.worker.sending.verdicts import HOUR, UNREACHED, let_in_again, shut_out

logger = logging.getLogger(__name__)
LOCKED = Answer(text="Its password cannot be read with the key of this server. Type it again.")


class CouldNotSend(Exception):
    """What went wrong in a thread, said at the next turn, where the health page hears it."""


@dataclass(kw_only=True)
class Post:
    """One for each process. `copies` looks into the Sent folders."""

    way: Way = AS_EVER
    copies: Copies = no_copies
    busy: set[int] = field(default_factory=set)  # mailboxes
    may_send: set[int] = field(default_factory=set)  # workspaces
    problems: list[str] = field(default_factory=list)
    guard: Lock = field(default_factory=Lock)

    def turn(self, workspace: Workspace, now: datetime) -> str:
        """A look first: at most turns there is nothing to send, nor to pick up."""
        if not settling.anything_to_do(workspace):
            return ""
        said = (self.send(workspace, now), self.pick_up(workspace, now))
        return ", ".join(filter(None, said))

    def look_after(self, workspace: Workspace, now: datetime) -> str:
        said = (self.resolve(workspace, now), self.knock(workspace, now))
        return ", ".join(filter(None, said))

    def send(self, workspace: Workspace, now: datetime) -> str:
        """Begins what is due; it goes on by itself."""
        if self.problems:
            raise CouldNotSend(self.problems.pop())
        mailboxes = [one for one in due_mailboxes(workspace, at=now) if one.pk not in self.busy]
        if not mailboxes:
            return ""
        if held := self._held(workspace, now):
            return str(held)
        for mailbox in mailboxes:
            with self.guard:
                self.busy.add(mailbox.pk)
            Thread(target=self._in_a_thread, args=[mailbox], name="post", daemon=True).start()
        return ""

    def _held(self, workspace: Workspace, now: datetime) -> object:
        if workspace.pk in self.may_send:
            return None
        if why := places.held(workspace, at=now):
            return why
        self.may_send.add(workspace.pk)
        return None

    def _in_a_thread(self, mailbox: Mailbox) -> None:
        try:
            self.send_from(mailbox)
        finally:
            connection.close()
            with self.guard:
                self.busy.discard(mailbox.pk)

    def send_from(self, mailbox: Mailbox) -> None:
        try:
            send_all(mailbox, self.way)
        except CouldNotUnlock:
            shut_out(mailbox, LOCKED, at=clock.now())
        except Trouble as why:
            if why.kind == TURNED_AWAY:
                shut_out(mailbox, Answer(text=str(why.said)), at=clock.now())
            else:
                pace.rest(mailbox, until=clock.now() + UNREACHED)
        except Exception as error:
            logger.exception("Sending from a mailbox failed.")
            self.problems.append(f"{type(error).__name__}: {error}")
            pace.rest(mailbox, until=clock.now() + UNREACHED)

    def pick_up(self, workspace: Workspace, now: datetime) -> str:
        """What a crash left; and the timeline has what was sent."""
        freed = settling.reap(workspace, at=now)
        stopped = stopping.cancel_hopeless(workspace, at=now)
        told = telling.tell(workspace, at=now)
        said = [(freed, "picked up"), (stopped, "stopped"), (told, "told")]
        return ", ".join(f"{count} {what}" for count, what in said if count)

    def resolve(self, workspace: Workspace, now: datetime) -> str:
        doubts.learn_who_keeps_copies(workspace, self.copies, at=now)
        some = doubts.reconcile(workspace, self.copies, at=now)
        return f"{some} no longer in doubt" if some else ""

    def knock(self, workspace: Workspace, now: datetime) -> str:
        """A mailbox that was shut out is tried once an hour, without any mail."""
        shut = Pace.objects.filter(
            workspace=workspace, rests_until__lte=now, mailbox__state=REFUSED,
            mailbox__removed_at=None,
        )  # fmt: skip
        let_in = 0
        for mailbox in Mailbox.objects.filter(pk__in=shut.values("mailbox")):
            pace.rest(mailbox, until=now + HOUR)
            if self._opens(mailbox):
                let_in_again(mailbox)
                let_in += 1
        return f"{let_in} let in again" if let_in else ""

    def _opens(self, mailbox: Mailbox) -> bool:
        if mailbox.sign_in == BY_KEY:  # a service cannot be asked without a mail: people decide
            return False
        try:
            return can_sign_in(account_of(mailbox, self.way), self.way.patience) is None
        except (CouldNotUnlock, Trouble):
            return False
