"""Services that send mail by HTTP: what each wants to know, and how our mails are put to it."""

import email
import email.policy
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

# What of the head a service takes from us; the rest it writes anew.
KEPT = (
    "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress",
    "List-Unsubscribe", "List-Unsubscribe-Post",
)  # fmt: skip
NAMED = "followthrough"  # under which it gives our name for a mail back


@dataclass(frozen=True, kw_only=True)
class Service:
    """`module` is anymail's, `key` what it calls the key; `signs`: what it tells us it signs with
    another key, else we give it a word of ours to say. `domain`: it wants ours said."""

    name: str
    module: str
    key: str
    api_url: str = ""
    signs: str = ""
    domain: bool = False
    head: Mapping[str, str] = field(default_factory=dict)


MAILGUN = {"module": "mailgun", "key": "api_key", "signs": "webhook_signing_key", "domain": True}
SERVICES: Mapping[str, Service] = {
    "brevo": Service(name="Brevo", module="brevo", key="api_key"),
    "mailgun": Service(name="Mailgun", **MAILGUN),  # type: ignore[arg-type]
    "mailgun-eu": Service(
        name="Mailgun (EU)", api_url="https://api.eu.mailgun.net/v3", **MAILGUN  # type: ignore[arg-type]
    ),
    # Without that line it would write a Message-ID of its own, and answers would find nothing.
    "postmark": Service(
        name="Postmark", module="postmark", key="server_token", head={"X-PM-KeepID": "true"}
    ),
    "sparkpost": Service(name="SparkPost", module="sparkpost", key="api_key"),
}  # fmt: skip


def backend_of(service: Service, *, key: str, sender: str, seconds: float) -> Any:
    """One connection to it; each thread has its own. ANYMAIL in the settings may say another
    address, as anymail has it."""
    wants: dict[str, Any] = {service.key: key, "timeout": seconds, "fail_silently": False}
    named = f"{service.module.upper()}_API_URL"
    if service.api_url and named not in getattr(settings, "ANYMAIL", {}):
        wants["api_url"] = service.api_url
    if service.domain:
        wants["sender_domain"] = sender.rpartition("@")[2]
    return import_module(f"anymail.backends.{service.module}").EmailBackend(**wants)


def put(service: Service, raw: bytes, envelope: str) -> EmailMultiAlternatives:
    """The mail as it was fixed, in the parts that a service wants."""
    mail: Any = email.message_from_bytes(raw, policy=email.policy.default)
    head = {name: _line(mail[name]) for name in KEPT if mail[name]}
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    made = EmailMultiAlternatives(
        subject=_line(mail["Subject"]), body=_words(plain), from_email=_line(mail["From"]),
        to=[_line(mail["To"])], headers=head | dict(service.head),
        reply_to=[_line(mail["Reply-To"])] if mail["Reply-To"] else None,
    )  # fmt: skip
    if rich is not None:
        made.attach_alternative(_words(rich), "text/html")
    for part in mail.iter_attachments():
        made.attach(
            part.get_filename("file"), part.get_payload(decode=True), part.get_content_type()
        )
    made.metadata = {NAMED: envelope}  # type: ignore[attr-defined]  # anymail's
    return made


def _line(said: object) -> str:
    return " ".join(str(said).split())


def _words(part: EmailMessage | None) -> str:
    return str(part.get_content()) if part is not None else ""
