"""The pages as a browser asks for them: Today among very many, a person, a lead by the form."""

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench.figures import Figure
from followthrough.core import facts
from followthrough.ledger import clock
from followthrough.ledger.models import Member, Party, User, Workspace
from followthrough.ledger.record import Heard, record_many

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEW, MANY = 1_000, 100_000
MOST_QUERIES = 12
THREADS, CLIENTS, LEADS = 4, 4, 600
ROOT = Path(__file__).resolve().parents[1]

Bench = Callable[[], Iterator[Figure]]


def todays() -> Iterator[Figure]:
    """Today with a thousand and a hundred thousand waiting, ten facts to each party."""
    few, _ = page_times(desk_with(FEW), "/")
    many = int(os.environ.get("BENCH_MANY", MANY))
    times, asked = page_times(desk_with(many), "/")
    yield Figure(name=f"Today, {many:,} open, p50", unit="ms", limit=12, value=part(times, 50))
    yield Figure(name=f"Today, {many:,} open, p95", unit="ms", limit=30, value=part(times, 95))
    yield Figure(name="Today, questions", unit="queries", limit=MOST_QUERIES, value=asked)
    yield Figure(
        name=f"Today, {many:,} beside 1,000", unit="times", limit=1.5,
        value=part(times, 50) / part(few, 50),
    )  # fmt: skip


def persons() -> Iterator[Figure]:
    member = desk_with(1, exchanges=100)
    party = Party.objects.get(workspace=member.workspace)
    times, _ = page_times(member, f"/people/{party.pk}/")
    yield Figure(name="a person with 200 facts, p50", unit="ms", limit=12, value=part(times, 50))


def leads() -> Iterator[Figure]:
    """The capture form through granian, as `make run` starts it."""
    cookie = signed_in(desk_with(1))
    with served() as port:
        times, took = _captures(port, cookie)
    yield Figure(
        name="a lead by the form", unit="leads/s", limit=150, more_is_better=True,
        value=len(times) / took,
    )  # fmt: skip
    yield Figure(name="a lead by the form, p99", unit="ms", limit=100, value=part(times, 99))


def starting() -> Iterator[Figure]:
    start = perf_counter()
    with served():
        yield Figure(
            name="make run to the first page", unit="s", limit=5, value=perf_counter() - start
        )


# On small books: the first night's sweep of very large ones would run beside them.
SERVED: dict[str, Bench] = {"leads": leads, "starting": starting}
BENCHES: dict[str, Bench] = {"todays": todays, "persons": persons}


# --- a desk ------------------------------------------------------------------------------------


def desk_with(many: int, exchanges: int = 5) -> Member:
    """A shop of its own, where so many wait for one member."""
    shop = Workspace.objects.create(name=f"Bench {many}", zone="Europe/London", country="GB")
    user = User.objects.create_user(f"mia{shop.pk}@bench.example", "seven kind words")
    mia = Member.objects.create(
        workspace=shop, user=user, name="Mia", role="administrator", joined_at=MONDAY
    )
    for start in range(0, many, 1000):
        parties = Party.objects.bulk_create(
            Party(workspace=shop, name=f"Ann {n}", owner=mia, created_at=MONDAY)
            for n in range(start, min(start + 1000, many))
        )
        told = _exchanges(exchanges)
        heard = [Heard(party=one, source=f"pages:{one.pk}", facts=told) for one in parties]
        for place in range(0, len(heard), 250):
            record_many(heard[place : place + 250], at=MONDAY)
    return mia


def _exchanges(many: int) -> list[facts.Fact]:
    """They write and we answer, over and over; the last word is theirs."""
    talk: list[facts.Fact] = []
    for n in range(many):
        at = MONDAY - (2 * n + 2) * HOUR
        talk.append(facts.WeWrote(at=at - HOUR, matter="roof"))
        talk.append(facts.TheyWrote(at=at, matter="roof"))
    return talk


# --- in this process ---------------------------------------------------------------------------


def page_times(member: Member, there: str, rounds: int = 60) -> tuple[list[float], int]:
    """Milliseconds of each round, and how many questions one page asks."""
    client, times = Client(SERVER_NAME="localhost"), []
    client.force_login(member.user)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = settings.STORAGES | {"staticfiles": plain}
    gc.collect()
    gc.freeze()  # what made the desk is not what a server carries about
    with override_settings(STORAGES=storages), clock.at(MONDAY + HOUR):
        for _ in range(5):
            assert client.get(there).status_code == 200  # noqa: S101 - a bench of error pages lies
        with CaptureQueriesContext(connection) as asked:
            client.get(there)
            questions = len(connection.queries_log) - asked.initial_queries
        for _ in range(rounds):
            start = perf_counter()
            client.get(there)
            times.append((perf_counter() - start) * 1000)
    return times, questions


def part(times: list[float], per_cent: int) -> float:
    return quantiles(times, n=100)[per_cent - 1]


# --- through the server ------------------------------------------------------------------------


class served:  # noqa: N801 - reads like a function
    """`make run` on a free port, with the bench's own database."""

    def __enter__(self) -> int:
        port = 18_431
        environment = os.environ | {
            "PORT": str(port), "VAR_DIR": str(settings.VAR),
            "PYTHONPATH": str(ROOT / "src"),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "followthrough.project.serve"],
            env=environment, stdout=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        for _ in range(600):
            if _answers(port):
                return port
            time.sleep(0.05)
        raise TimeoutError("The server did not answer within thirty seconds.")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def _answers(port: int) -> bool:
    try:
        asked = HTTPConnection("127.0.0.1", port, timeout=2)
        asked.request("GET", "/account/login/")
        return asked.getresponse().status in (200, 302)
    except OSError:
        return False


def signed_in(member: Member) -> str:
    client = Client()
    client.force_login(member.user)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _captures(port: int, session: str) -> tuple[list[float], float]:
    """Each client sends its share, one after the other, on a connection of its own."""
    times: list[float] = []
    clients = [
        threading.Thread(target=_capture_many, args=(port, session, one, times))
        for one in range(CLIENTS)
    ]
    start = perf_counter()
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return times, perf_counter() - start


def _capture_many(port: int, session: str, client: int, times: list[float]) -> None:
    token = "a" * 32
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    for n in range(LEADS // CLIENTS):
        given = {
            "csrfmiddlewaretoken": token, "token": f"{client}-{n}", "name": f"Ann {client} {n}",
            "reach": f"ann{client}.{n}@home.example", "wants": "A banner.", "owner": "",
            "when": "call tomorrow 9:00",
        }  # fmt: skip
        start = perf_counter()
        line.request("POST", "/capture/", urlencode(given), headers)
        answer = line.getresponse()
        answer.read()
        times.append((perf_counter() - start) * 1000)
        assert answer.status == 302, answer.status  # noqa: S101 - a bench of error pages lies
