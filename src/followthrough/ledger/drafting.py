"""The language model that a team may ask for a draft: named by an administrator, its key sealed."""

from datetime import datetime

from followthrough.ledger.credentials import open_for, seal_for
from followthrough.ledger.models import LanguageModel, Workspace


def model_of(workspace: Workspace) -> LanguageModel | None:
    """None: nobody asks any. That is so from the first day."""
    return LanguageModel.objects.filter(workspace=workspace, gone_at=None).first()


def known_before(workspace: Workspace) -> LanguageModel | None:
    """Also one that is no longer asked."""
    return LanguageModel.objects.filter(workspace=workspace).first()


def ask_from_now_on(
    workspace: Workspace, *, address: str, model: str, secret: str | None, at: datetime
) -> LanguageModel:
    """`secret` None leaves the key as it is, where the address is the same: a key never goes to
    another address than the one that it was given for."""
    row = known_before(workspace) or LanguageModel(workspace=workspace)
    if secret is not None or row.address != address:
        row.secret = seal_for(_whose(workspace, address), secret) if secret else ""
    row.address, row.model, row.changed_at, row.gone_at = address, model, at, None
    row.save()
    return row


def secret_of(row: LanguageModel) -> str:
    return open_for(_whose(row.workspace, row.address), row.secret) if row.secret else ""


def stop_asking(row: LanguageModel, *, at: datetime | None) -> None:
    """`at` None: it may be asked again."""
    row.gone_at = at
    row.save(update_fields=["gone_at"])


def _whose(workspace: Workspace, address: str) -> str:
    return f"{workspace.pk}:model:{address}"
