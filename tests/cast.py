"""Who is in the stories: Ann asks, Bob sells, Mia manages, Sid is a stranger, Pat prints."""

from datetime import UTC, datetime

from django.test import Client

from followthrough.ledger.models import Member, User, Workspace

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
PASSWORD = "seven kind words a day"


def member_named(name: str, workspace: Workspace, role: str = "member") -> Member:
    user = User.objects.create_user(f"{name.lower()}@{workspace.name.lower()}.example", PASSWORD)
    return Member.objects.create(
        workspace=workspace, user=user, name=name, role=role, joined_at=LONG_AGO
    )


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client
