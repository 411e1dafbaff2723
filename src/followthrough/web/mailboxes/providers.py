"""Which providers let our members sign in at their own page: what an administrator set up."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.inlets.servers.places import Server, Servers, providers
from followthrough.ledger import sign_ins
from followthrough.ledger.models import Mailbox, SignInClient, Workspace
from followthrough.ledger.models.mailboxes import BY_KEY, OWN_PROVIDER

WHERE: dict[str, Promise] = {
    "gmail": gettext_lazy(
        "At console.cloud.google.com: a project, the Gmail API, a consent screen with the scope "
        "https://mail.google.com/, then Credentials, OAuth client ID, web application."
    ),
    "microsoft": gettext_lazy(
        "At entra.microsoft.com: App registrations, a new one for the web, with the delegated "
        "permissions IMAP.AccessAsUser.All and SMTP.Send; its secret under Certificates & secrets. "
        "If it is for your own house alone, write your tenant instead of “common” below."
    ),
    OWN_PROVIDER: gettext_lazy(
        "Whoever runs it registers this program there as a web application, and gives you the rest."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Door:
    key: str
    name: str


def keys() -> tuple[str, ...]:
    return (*(key for key, one in providers().items() if one.sign_in), OWN_PROVIDER)


def name_of(key: str, client: SignInClient | None = None) -> str:
    known = providers().get(key)
    return (client and client.name) or (known.name if known else _("Another provider"))


def doors_of(workspace: Workspace) -> list[Door]:
    """Those that stand open."""
    clients = sign_ins.clients_of(workspace)
    return [Door(key=key, name=name_of(key, clients[key])) for key in keys() if key in clients]


def door_of(box: Mailbox) -> Door | None:
    """By which this mailbox is opened, or could be."""
    if box.sign_in == BY_KEY:
        return None
    client = sign_ins.client_of(box.workspace_id, box.provider) if box.provider else None
    return Door(key=box.provider, name=name_of(box.provider, client)) if client else None


def lines_of(workspace: Workspace) -> list[dict[str, Any]]:
    clients = sign_ins.clients_of(workspace)
    return [
        {"key": key, "name": name_of(key, clients.get(key)), "is": key in clients} for key in keys()
    ]


def servers_at(client: SignInClient) -> Servers:
    known = providers().get(client.provider)
    if known:
        return known.servers
    imap, smtp = (
        Server(**{part: client.servers[f"{way}_{part}"] for part in ("host", "port", "security")})
        for way in ("imap", "smtp")
    )
    return Servers(imap=imap, smtp=smtp)
