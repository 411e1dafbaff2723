"""Where allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from followthrough.ledger import membership


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth hands it over
        """Only the first one signs up; the others are invited."""
        return membership.nobody_yet()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        context.setdefault("site_name", "Followthrough")
        super().send_mail(template_prefix, email, context)
