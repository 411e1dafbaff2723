"""Clocks that run ahead: what was written later than it was brought in has no credible date."""

from dataclasses import replace
from datetime import datetime, timedelta

from followthrough.inlets.mailbox.glimpse import Glimpse
from followthrough.inlets.noticed import Mail

A_DAY = timedelta(days=1)  # zones are mistaken, too


def in_time(mail: Mail, *, at: datetime) -> Mail:
    """`at` is when the mail was brought in. The server's stamp counts where the date cannot."""
    latest, found = at + A_DAY, mail.forwarded
    if found and found.at and found.at > latest:
        mail = replace(mail, forwarded=replace(found, at=None))
    if mail.sent_at and mail.sent_at > latest:
        mail = replace(mail, sent_at=None)
    if mail.arrived_at and mail.arrived_at > latest:
        mail = replace(mail, arrived_at=None)
    return mail


def seen_in_time(seen: Glimpse, *, at: datetime) -> Glimpse:
    """The same at a first look."""
    return replace(seen, at=None) if seen.at and seen.at > at + A_DAY else seen
