"""Where allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from followthrough.ledger import membership
from followthrough.ledger.demo.workspace import HOUSE
from followthrough.ledger.models import Member, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth hands it over
        """Only the first one signs up; the others are invited."""
        return membership.nobody_yet()

    def pre_login(self, request: HttpRequest, user: User, **kwargs: object) -> HttpResponse | None:
        """Whoever left the team is told so, instead of being sent round in a circle."""
        if not Member.objects.filter(user=user, active=True).exists():
            gone: HttpResponse = self.respond_user_inactive(request, user)
            return gone
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        if email.endswith(f"@{HOUSE}"):  # nobody of the demo has a mailbox
            return
        context.setdefault("site_name", "Followthrough")
        super().send_mail(template_prefix, email, context)
