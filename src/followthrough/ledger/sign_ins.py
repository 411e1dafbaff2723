"""What providers call us, and the tokens they give us: sealed, and fetched by one at a time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from followthrough.ledger import mailboxes
from followthrough.ledger.credentials import CouldNotUnlock, open_for, seal_for, seal_secret
from followthrough.ledger.models import AccessToken, Mailbox, SignInClient, Workspace
from followthrough.ledger.models.mailboxes import BY_TOKEN

SOON = timedelta(minutes=5)  # before it ends the next one is fetched
FETCHING = timedelta(seconds=30)  # that whoever fetches one may take
YOUNG = timedelta(minutes=2)  # a token that was just made is not refused for its age


def clients_of(workspace: Workspace) -> dict[str, SignInClient]:
    return {one.provider: one for one in SignInClient.objects.filter(workspace=workspace)}


def client_of(workspace: Workspace | int, provider: str) -> SignInClient | None:
    return SignInClient.objects.filter(workspace=workspace, provider=provider).first()


def give_client_secret(client: SignInClient, secret: str) -> None:
    """The caller saves."""
    client.secret = seal_for(_of_client(client), secret) if secret else ""


def client_secret_of(client: SignInClient) -> str:
    return open_for(_of_client(client), client.secret) if client.secret else ""


def _of_client(client: SignInClient) -> str:
    return f"{client.workspace_id}:client:{client.provider}"


# --- tokens of a mailbox -----------------------------------------------------------------------


def token_of(mailbox: Mailbox, *, until: datetime) -> str:
    """The one that is good until then; "" where it has to be fetched."""
    row = _rows(mailbox).filter(expires_at__gt=until).exclude(token="").first()
    if row is None:
        return ""
    try:
        return open_for(_whose(mailbox), row.token)
    except CouldNotUnlock:
        return ""


def may_fetch(mailbox: Mailbox, lease: str, *, at: datetime) -> bool:
    """Whether this one fetches the next: of two who ask, one does."""
    AccessToken.objects.get_or_create(workspace_id=mailbox.workspace_id, mailbox=mailbox)
    free = Q(fetching_until=None) | Q(fetching_until__lte=at)
    old = Q(expires_at=None) | Q(expires_at__lte=at + SOON) | Q(token="")
    rows = _rows(mailbox).filter(free, old)
    return rows.update(fetched_by=lease, fetching_until=at + FETCHING) == 1


def no_longer_fetching(mailbox: Mailbox, lease: str) -> None:
    _rows(mailbox).filter(fetched_by=lease).update(fetched_by="", fetching_until=None)


def keep_tokens(
    mailbox: Mailbox, access: str, refresh: str, *, until: datetime, at: datetime
) -> None:
    """With the refresh token that takes the place of the one before, where there is one."""
    with transaction.atomic():
        if refresh:
            seal_secret(mailbox, refresh)
            mailbox.save(update_fields=["secret"])
        AccessToken.objects.update_or_create(
            workspace_id=mailbox.workspace_id, mailbox=mailbox,
            defaults={
                "token": seal_for(_whose(mailbox), access), "made_at": at, "expires_at": until,
                "fetched_by": "", "fetching_until": None,
            },
        )  # fmt: skip


def forget_old_token(mailbox: Mailbox, *, at: datetime) -> bool:
    """The server refused it though it should be good: the next one is fetched at once, unless
    this one is that already."""
    rows = _rows(mailbox).exclude(token="").filter(made_at__lte=at - YOUNG)
    return mailbox.sign_in == BY_TOKEN and rows.update(token="", expires_at=None) == 1


def signed_in_again(
    mailbox: Mailbox, access: str, refresh: str, *, until: datetime, at: datetime
) -> None:
    with transaction.atomic():
        mailbox.sign_in = BY_TOKEN
        mailbox.save(update_fields=["sign_in"])
        mailboxes.change_secret(mailbox, refresh)
        keep_tokens(mailbox, access, "", until=until, at=at)


def _rows(mailbox: Mailbox) -> QuerySet[AccessToken]:
    return AccessToken.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox)


def _whose(mailbox: Mailbox) -> str:
    return f"{mailbox.workspace_id}:access:{mailbox.pk}"
