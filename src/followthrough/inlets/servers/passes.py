"""What a mailbox is opened with: its password, or a token that is good for the next minutes."""

from datetime import datetime, timedelta
from time import sleep
from uuid import uuid4

from followthrough.core.saying import says
from followthrough.inlets.servers.places import providers
from followthrough.inlets.servers.sign_in import AWAY, Client, Tokens, next_tokens
from followthrough.inlets.servers.trouble import REFUSED, UNREACHABLE, Trouble
from followthrough.ledger import sign_ins
from followthrough.ledger.credentials import secret_of
from followthrough.ledger.models import Mailbox, SignInClient
from followthrough.ledger.models.mailboxes import BY_TOKEN

A_MOMENT, TRIES = 0.2, 100  # somebody else fetches it: twenty seconds at most
AT_LEAST = timedelta(seconds=20)
NOT_SET_UP = says(
    "The sign-in of this mailbox’s provider is not set up any more. An administrator does that "
    "under Settings, Mailboxes."
)


def secret_for(mailbox: Mailbox, *, inside: str, at: datetime) -> str:
    """Raises Trouble, or CouldNotUnlock where the server's key was changed."""
    if mailbox.sign_in != BY_TOKEN:
        return secret_of(mailbox)
    for _ in range(TRIES):
        if token := sign_ins.token_of(mailbox, until=at + sign_ins.SOON):
            return token
        lease = uuid4().hex
        if sign_ins.may_fetch(mailbox, lease, at=at):
            return _fetched(mailbox, lease, inside=inside, at=at)
        if token := sign_ins.token_of(mailbox, until=at + AT_LEAST):
            return token
        sleep(A_MOMENT)
    raise Trouble(UNREACHABLE, says(AWAY.template, name=mailbox.provider))


def _fetched(mailbox: Mailbox, lease: str, *, inside: str, at: datetime) -> str:
    try:
        mailbox.refresh_from_db(fields=["secret"])  # whoever fetched before may have changed it
        client = sign_ins.client_of(mailbox.workspace_id, mailbox.provider)
        if client is None:
            raise Trouble(REFUSED, NOT_SET_UP)
        tokens = next_tokens(client_for(client), secret_of(mailbox), inside=inside)
        keep(mailbox, tokens, at=at)
    finally:
        sign_ins.no_longer_fetching(mailbox, lease)
    return tokens.access


def keep(mailbox: Mailbox, tokens: Tokens, *, at: datetime) -> None:
    until = at + timedelta(seconds=tokens.seconds)
    sign_ins.keep_tokens(mailbox, tokens.access, tokens.refresh, until=until, at=at)


def client_for(row: SignInClient) -> Client:
    known = providers().get(row.provider)
    pages = known.sign_in if known else None
    return Client(
        name=row.name or (known.name if known else row.provider), client_id=row.client_id,
        secret=sign_ins.client_secret_of(row), authorize=row.authorize_at, token=row.token_at,
        scopes=row.scopes, more=pages.more if pages else {},
    )  # fmt: skip
