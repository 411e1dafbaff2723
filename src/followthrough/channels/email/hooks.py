"""What a service tells of mail that it sends for us: read by anymail, said in our words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.signals import EventType, RejectReason
from django.http import HttpRequest

from followthrough.channels.email.services import NAMED, Service
from followthrough.ledger.outbox import hearing

USER = "followthrough"  # whom it says it is, beside the word that we gave it
MEANS = {
    EventType.SENT: hearing.TAKEN,
    EventType.DELIVERED: hearing.DELIVERED,
    EventType.DEFERRED: hearing.DELAYED,
    EventType.BOUNCED: hearing.BOUNCED,
    EventType.REJECTED: hearing.BOUNCED,
    EventType.FAILED: hearing.BOUNCED,
    EventType.COMPLAINED: hearing.COMPLAINED,
    EventType.UNSUBSCRIBED: hearing.LEAVES,
}
NOT_THERE = (RejectReason.INVALID, RejectReason.BOUNCED)


class CouldNotBelieve(Exception):
    """It is not signed as it should be."""


class CouldNotRead(Exception):
    """It is signed, and makes no sense."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """Of the mail that we call `envelope`. `at` is None where it does not say when."""

    envelope: str
    what: str
    dead: bool = False
    at: datetime | None = None


def events_of(service: Service, request: HttpRequest, secret: str) -> list[Said]:
    """What of it concerns us: opened and clicked do not, nor what bears no name of ours."""
    view = _view(service, secret)
    try:
        view.run_validators(request)
    except AnymailWebhookValidationFailure as error:
        raise CouldNotBelieve from error
    try:
        return list(_read(view.parse_events(request)))
    except (AnymailConfigurationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CouldNotRead from error


def _view(service: Service, secret: str) -> Any:
    module = import_module(f"anymail.webhooks.{service.module}")
    made = next(getattr(module, name) for name in vars(module) if _is_tracking(name, service))
    wants = {service.signs: secret} if service.signs else {"webhook_secret": f"{USER}:{secret}"}
    return made(**wants)


def _is_tracking(name: str, service: Service) -> bool:
    return name.lower() == f"{service.module}trackingwebhookview"


def _read(events: Any) -> Iterator[Said]:
    for one in events:
        envelope = str((one.metadata or {}).get(NAMED, ""))
        what = MEANS.get(one.event_type)
        if envelope and what:
            # A mailbox that is full, or a server that is away, also comes as a bounce.
            dead = what == hearing.BOUNCED and one.reject_reason in NOT_THERE and _is_hard(one)
            yield Said(envelope=envelope, what=what, dead=dead, at=one.timestamp)


def _is_hard(one: Any) -> bool:
    raw = one.esp_event if isinstance(one.esp_event, dict) else {}
    data = raw.get("event-data") or raw
    kind = str(raw.get("Type") or raw.get("event") or "").lower().replace("_", "")
    return "soft" not in kind and str(data.get("severity") or "") != "temporary"
