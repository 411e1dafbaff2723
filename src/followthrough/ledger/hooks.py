"""Where services that send for us tell what became of it: the address, and the word to say."""

import secrets
from datetime import datetime

from followthrough.ledger.connections import KEY
from followthrough.ledger.credentials import open_for, seal_for
from followthrough.ledger.models import Mailbox, ServiceHook


def open_hook(mailbox: Mailbox, secret: str = "") -> ServiceHook:
    """`secret` is what the service signs with, where it has one of its own."""
    key = secrets.token_urlsafe(18)
    sealed = seal_for(_whose(mailbox, key), secret or secrets.token_urlsafe(24))
    return ServiceHook.objects.create(
        workspace_id=mailbox.workspace_id, mailbox=mailbox, key=key, secret=sealed
    )


def hook_of(mailbox: Mailbox) -> ServiceHook | None:
    return ServiceHook.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox).first()


def hook_by_key(key: str) -> ServiceHook | None:
    """None where its mailbox was removed: then nothing is listened to."""
    if not KEY.fullmatch(key):
        return None
    rows = ServiceHook.objects.filter(key=key, mailbox__removed_at=None)
    return rows.select_related("mailbox__workspace").first()


def word_of(hook: ServiceHook) -> str:
    return open_for(_whose(hook.mailbox, hook.key), hook.secret)


def was_heard(hook: ServiceHook, *, at: datetime) -> None:
    ServiceHook.objects.filter(workspace=hook.workspace_id, pk=hook.pk).update(heard_at=at)


def _whose(mailbox: Mailbox, key: str) -> str:
    return f"{mailbox.workspace_id}:hook:{key}"
