"""The workspace to look around in: made, found again, and taken away without a trace."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction

from followthrough.ledger import alarms, audit, heartbeats, intakes, sequences
from followthrough.ledger.demo.shop import tell_all
from followthrough.ledger.demo.telling import Story
from followthrough.ledger.membership import one_at_a_time, terms_changed
from followthrough.ledger.models import Intake, Member, User, Workspace
from followthrough.ledger.models.members import ADMINISTRATOR, MEMBER
from followthrough.ledger.statements import delete

# Nobody has an address there, and none of our mails goes to one.
HOUSE = "demo.followthrough.example"
LOOKS_AS = "bob"
LIKE = ("zone", "country", "region", "currency", "language")


def guide() -> Member | None:
    """Whom one looks around as, if there is a demo."""
    rows = Member.objects.filter(workspace__demo=True, user__email=f"{LOOKS_AS}@{HOUSE}")
    return rows.select_related("workspace", "user").first()


def make(*, like: Workspace | None, at: datetime) -> Member:
    """The demo, in the calendar and money of `like`; there is never more than one."""
    with transaction.atomic():
        one_at_a_time()
        standing = guide()
        if standing:
            return standing
        same = {name: getattr(like, name) for name in LIKE} if like else {}
        workspace = Workspace.objects.create(name="The sign shop (a demo)", demo=True, **same)
        long_ago = at - timedelta(days=400)
        mia = _member(workspace, "Mia", ADMINISTRATOR, long_ago)
        bob = _member(workspace, "Bob", MEMBER, long_ago)
        terms_changed(workspace)
        workspace.refresh_from_db()
        tell_all(Story(bob, mia, at))
        sequences.take_all(workspace, at=at)
        alarms.ring(workspace, at=at)
        audit.check(workspace, at=at)
        heartbeats.beat(workspace, "alarms", at=at)
        return bob


def _member(workspace: Workspace, name: str, role: str, at: datetime) -> Member:
    """Without a password nobody signs in as one of them."""
    user = User.objects.create_user(f"{name.lower()}@{HOUSE}")
    return Member.objects.create(workspace=workspace, user=user, name=name, role=role, joined_at=at)


def take_away() -> bool:
    """All of it: every row of every table, its files, its users. False: there was none."""
    with transaction.atomic():
        workspace = Workspace.objects.filter(demo=True).first()
        if workspace is None:
            return False
        files = [intakes.stored_at(one) for one in Intake.objects.filter(workspace=workspace)]
        users = list(User.objects.filter(memberships__workspace=workspace))
        # The database looks at what refers to what when all of it is gone.
        for table in apps.get_app_config("ledger").get_models():
            if table not in (User, Workspace):
                delete(table, {"workspace": [workspace.pk]})
        delete(Workspace, {"id": [workspace.pk]})
        for user in users:
            user.delete()
    for file in files:
        intakes.discard(file)
    return True
