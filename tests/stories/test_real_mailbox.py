"""A mailbox and a list that real people left behind, brought in on the first morning (S13)."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core import mail as outbox
from django.core.management import call_command
from django.db import connection
from tests.cast import member_named
from tests.conftest import missing

from followthrough.core.decide import NET
from followthrough.inlets.mailbox import open_mail, parse
from followthrough.inlets.noticed import Mail
from followthrough.ledger import intakes
from followthrough.ledger.audit import audit
from followthrough.ledger.models import (
    Fact,
    FollowUp,
    Intake,
    Matter,
    Party,
    Piece,
    Workspace,
)
from followthrough.worker.importing.job import Importer

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
# The one who kept the mailbox, under the names and houses that its makers left in it.
KEEPER = re.compile(
    r"(y{4}|z{3,4}|q{10}|jm)(-[\w.-]+)?@(.*\.)?(netnoteinc\.com|spamassassin\.taint\.org)"
)
DELIVERED_ALSO = 3  # mails that a server delivered to another of their addresses, and named it


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def real(name: str) -> Path:
    if not (DATA / name).exists():
        missing(f"{name} is not on this machine")
    return DATA / name


@pytest.fixture(scope="module")
def mails() -> list[bytes]:
    folders = [real("mail_spamassassin"), real("mail_threads")]
    found = [one for folder in folders for one in open_mail(folder)]
    return [raw for where, raw in found if where != "MANIFEST.tsv"]


@pytest.fixture(scope="module")
def ours(mails: list[bytes]) -> list[str]:
    """Who the mailbox belongs to: its keeper's names, and addresses it was delivered to."""
    read = [one for raw in mails if isinstance(one := parse(raw), Mail)]
    named = {person.email for one in read for person in (one.sender, *one.recipients)}
    delivered = Counter(to for one in read for to in one.delivered_to if to in named)
    keeper = {address for address in named if KEEPER.fullmatch(address)}
    lists = {address for one in read for address in one.lists}
    also = {to for to, count in delivered.items() if count >= DELIVERED_ALSO and to not in lists}
    return sorted(keeper | also)


def as_mbox(mails: list[bytes]) -> bytes:
    return b"".join(
        b"From - Mon Mar  2 09:00:00 2026\n"
        + re.sub(rb"(?m)^(>*From )", rb">\1", raw).rstrip(b"\r\n")
        + b"\n\n"
        for raw in mails
    )


def bring_in(member, name: str, raw: bytes, said: list[str]) -> Intake:
    return intakes.receive(member.workspace, member, name, BytesIO(raw), {"ours": said}, at=MORNING)


def take_in(intake: Intake) -> None:
    importer = Importer()
    while not intake.finished_at:
        importer.slice_of(intake, at=MORNING)


def test_every_mail_of_a_real_mailbox_is_accounted_for(bob, mails, ours):
    intake = bring_in(bob, "all.mbox", as_mbox(mails), ours)

    take_in(intake)

    outcomes = Counter(Piece.objects.values_list("outcome", flat=True))
    assert intake.problem == ""
    assert outcomes.total() == intake.cursor == intake.total == len(mails)
    assert dict(outcomes) == intake.counts["outcomes"]
    assert sum(intake.counts["rules"].values()) == outcomes["ignored"]
    assert Piece.objects.filter(outcome="linked", party=None).count() == 0
    assert Piece.objects.filter(outcome="ignored", reason="").count() == 0


def test_the_rules_and_not_the_net_say_what_is_owed(bob, mails, ours):
    take_in(bring_in(bob, "all.mbox", as_mbox(mails), ours))

    rules = Counter(FollowUp.objects.filter(settled_at=None).values_list("rule", flat=True))
    assert rules.total() > 40
    assert rules[NET] <= rules.total() * 0.05
    assert audit(bob.workspace, at=MORNING).uncovered == 0
    assert outbox.outbox == []


def test_a_real_list_comes_in_as_its_reference_says(bob):
    folder = real("leads_xeducation")
    reference = json.loads((folder / "REFERENCE.json").read_text())
    intake = bring_in(bob, "leads.csv", (folder / "leads_60pct.csv").read_bytes(), [])

    take_in(intake)

    refusing = {party.pk for party in Party.objects.all() if "email" in party.refuses}
    mailed = FollowUp.objects.filter(how="email", settled_at=None, party__in=refusing)
    assert intake.counts["outcomes"] == {"linked": reference["rows"]}
    assert intake.counts["tally"] == {
        "won": reference["converted"],
        "listed": reference["rows"] - reference["converted"],
        "do_not_email": reference["do_not_email"]["Yes"],
        "do_not_call": reference["do_not_call"]["Yes"],
    }
    assert Matter.objects.filter(outcome="won").count() == reference["converted"]
    assert (len(refusing), mailed.count()) == (reference["do_not_email"]["Yes"], 0)
    assert max(new_people_by_day().values()) == 20
    assert audit(bob.workspace, at=MORNING).uncovered == 0
    assert outbox.outbox == []


def new_people_by_day() -> Counter[str]:
    shown = FollowUp.objects.filter(rule="first_touch").values_list("show_at", flat=True)
    return Counter(f"{at:%F}" for at in shown)


# ---- kill -9 -------------------------------------------------------------------------

# A worker on the books of the test; its clock is told, so that a dead one's lease runs out.
WORKER = """
import sys
from datetime import datetime
import django
from django.conf import settings
from followthrough.project import settings as project
project.DATABASES["default"]["NAME"] = sys.argv[1]
project.VAR = __import__("pathlib").Path(sys.argv[2])
django.setup()
from followthrough.ledger.models import Intake
from followthrough.worker.importing.job import Importer
intake = Intake.objects.select_related("workspace", "member__user").get(pk=sys.argv[3])
importer = Importer()
print("begun", flush=True)
while not intake.finished_at:
    importer.slice_of(intake, at=datetime.fromisoformat(sys.argv[4]))
"""


def a_worker(intake: Intake, var: Path, at: datetime) -> subprocess.Popen[bytes]:
    name = str(connection.settings_dict["NAME"])
    here = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
    here["DJANGO_SETTINGS_MODULE"] = "followthrough.project.settings"
    here["SECRET_KEY"], here["NAME_KEY"] = project.SECRET_KEY, project.NAME_KEY
    words = [sys.executable, "-c", WORKER, name, str(var), str(intake.pk), at.isoformat()]
    return subprocess.Popen(words, env=here, stdout=subprocess.PIPE)


def books(intake: Intake) -> dict[str, list[tuple[object, ...]]]:
    """All that the books and the report say, without ids and without when it was heard."""
    pieces = Piece.objects.filter(intake=intake).order_by("where")
    owed = FollowUp.objects.filter(settled_at=None).order_by("party__name", "because", "rule")
    return {
        "pieces": list(pieces.values_list("where", "outcome", "reason", "party__name")),
        "facts": sorted(Fact.objects.values_list("name", "kind", "at", "text__title")),
        "owed": list(owed.values_list("party__name", "because", "rule", "due", "why", "show_at")),
        "parties": sorted(Party.objects.values_list("name", "refuses", "contacts")),
    }


@pytest.mark.chaos
@pytest.mark.parametrize("kind", ["mail", "list"])
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_it_ends_in_the_same_books(kind, mails, ours, tmp_path):
    raw = as_mbox(mails) if kind == "mail" else several_rows()
    killed = killed_again_and_again(raw, ours, tmp_path)
    after_kills = books(killed)
    counts = killed.counts
    _wipe()

    intake = bring_in(_bob(), "a", raw, ours)
    take_in(intake)

    assert counts["outcomes"] == intake.counts["outcomes"]
    assert after_kills == books(intake)


def several_rows() -> bytes:
    return (real("leads_xeducation") / "leads_60pct.csv").read_bytes()


def killed_again_and_again(raw: bytes, ours: list[str], var: Path) -> Intake:
    dice, at = random.Random(13), MORNING
    intake = bring_in(_bob(), "a", raw, ours)
    cursors = []
    for _ in range(6):
        worker = a_worker(intake, var, at)
        worker.stdout.readline()
        if cursors:
            _wait_for_a_slice(intake)
        time.sleep(dice.uniform(0, 0.2))
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        intake.refresh_from_db()
        cursors.append(intake.cursor)
        at += timedelta(minutes=1)
        if intake.finished_at:
            break
    with a_worker(intake, var, at) as last:
        assert last.wait(timeout=120) == 0
    intake.refresh_from_db()
    assert sorted(cursors) == cursors
    assert any(0 < cursor < intake.total for cursor in cursors), cursors
    return intake


def _wait_for_a_slice(intake: Intake) -> None:
    """However slow the machine: the worker has gone on since it was killed last."""
    before, patience = intake.cursor, time.monotonic() + 60
    while time.monotonic() < patience:
        intake.refresh_from_db()
        if intake.cursor > before or intake.finished_at:
            return
        time.sleep(0.01)


def _bob():
    return member_named("Bob", Workspace.objects.create(name="Banners"))


def _wipe() -> None:
    call_command("flush", interactive=False, verbosity=0)
