"""A template written, changed, taken from the ready-made ones, left out and brought back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from followthrough.ledger.models import Template, Workspace

KEPT = ("name", "occasion", "language", "tone", "subjects", "text")


def write(workspace: Workspace, values: Mapping[str, Any], *, at: datetime) -> Template:
    with transaction.atomic():
        made = Template.objects.create(workspace=workspace, added_at=at, **values)
        _changed(workspace)
    return made


def taken(template: Template, *, at: datetime) -> Template:
    """As a row: a ready-made one becomes the team's own."""
    if template.pk:
        return template
    template.added_at = at
    try:
        with transaction.atomic():
            template.save(force_insert=True)
            _changed(template.workspace)
    except IntegrityError:  # somebody else took it at the same moment
        return Template.objects.get(workspace=template.workspace_id, ready=template.ready)
    return template


def change(template: Template, values: Mapping[str, Any], *, at: datetime) -> Template:
    """Those of its words that are among the values; the others stay."""
    with transaction.atomic():
        row = taken(template, at=at)
        for name in KEPT:
            setattr(row, name, values.get(name, getattr(row, name)))
        row.save(update_fields=[*KEPT])
        _changed(row.workspace)
    return row


def retire(template: Template, *, gone_at: datetime | None, at: datetime) -> Template:
    """`gone_at` None: it is offered again."""
    with transaction.atomic():
        row = taken(template, at=at)
        row.retired_at = gone_at
        row.save(update_fields=["retired_at"])
        _changed(row.workspace)
    return row


def _changed(workspace: Workspace) -> None:
    """Whoever reads them from now on reads them anew."""
    Workspace.objects.filter(pk=workspace.pk).update(words_version=F("words_version") + 1)
