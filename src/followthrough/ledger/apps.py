"""The one Django app with tables."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "followthrough.ledger"
    label = "ledger"
