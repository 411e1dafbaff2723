"""Bringing files in: contacts per second, memory, Today meanwhile, and a shop's real lines."""

import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep

from bench.figures import Figure

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FEW, MANY = 20_000, 100_000
ROOT = Path(__file__).resolve().parents[1]
SHOP = ROOT.parent / "shared/data/online_retail/online_retail_until_2011-08-31.csv.gz"
TABLES = ("party", "person", "address", "fact", "matter", "followup", "piece")
SLICE = 500  # rows in a transaction of the bare statements
BREATH = 0.01  # as the worker takes it between two slices

Bench = Callable[[], Iterator[Figure]]


def importing() -> Iterator[Figure]:
    """Nobody else at the machine; then somebody who looks at Today all the while."""
    shop = _shop("importing")
    seconds = _brought_in(shop, people(FEW))
    yield Figure(
        name=f"a list of {FEW:,} people", unit="people/s", limit=3_000, more_is_better=True,
        value=FEW / seconds, raw=FEW / _bare(shop.workspace_id),
    )  # fmt: skip
    yield Figure(
        name="Today while a list comes in, p95", unit="ms", limit=150, value=_today_meanwhile()
    )
    yield Figure(name=f"memory, {MANY:,} people", unit="MB", limit=300, value=_memory())
    if SHOP.exists():
        shop = _shop("retail")
        with SHOP.open("rb") as stream:
            yield Figure(
                name="320,705 lines of a shop", unit="s", limit=120,
                value=_brought_in(shop, stream.read(), "lines.csv.gz"),
            )  # fmt: skip


BENCHES: dict[str, Bench] = {"importing": importing}


def people(number: int) -> bytes:
    rows = (
        f"Ann{n} Archer,ann{n}@firm{n % 999}.example,+4420794{n:05},Firm {n % 999},Ghent,Fair\n"
        for n in range(number)
    )
    return ("Name,Email,Phone,Company,City,Source\n" + "".join(rows)).encode()


def _shop(name):  # type: ignore[no-untyped-def]
    from followthrough.ledger.models import Member, User, Workspace  # noqa: PLC0415

    shop = Workspace.objects.create(name=name, zone="Europe/London", country="GB")
    user = User.objects.create_user(f"mia-{name}@bench.example", "seven kind words")
    return Member.objects.create(
        workspace=shop, user=user, name="Mia", role="administrator", joined_at=MONDAY
    )


def _brought_in(member, raw: bytes, name: str = "people.csv", breath: float = 0.0) -> float:  # type: ignore[no-untyped-def]
    """Seconds from the stored file to the books."""
    from followthrough.ledger import intakes  # noqa: PLC0415
    from followthrough.worker.importing.job import Importer  # noqa: PLC0415

    intake = intakes.receive(member.workspace, member, name, BytesIO(raw), at=MONDAY)
    worker, start = Importer(), perf_counter()
    while not intake.finished_at:
        worker.slice_of(intake, at=MONDAY)
        sleep(breath)
    assert not intake.problem, intake.problem  # noqa: S101 - a bench of what failed lies
    return perf_counter() - start


# --- what is measured against ----------------------------------------------------------------


def _bare(workspace: int) -> float:
    """Seconds for the very rows that came of it, into tables without any index."""
    from django.db import connection, transaction  # noqa: PLC0415

    copied = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM ledger_{table} WHERE workspace_id = %s", [workspace])  # noqa: S608
            copied[table] = cursor.fetchall()
            cursor.execute(f"CREATE TABLE bare_{table} AS SELECT * FROM ledger_{table} WHERE 0")  # noqa: S608
    start = perf_counter()
    for table, rows in copied.items():
        marks = ", ".join(["%s"] * len(rows[0]))
        for place in range(0, len(rows), SLICE):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO bare_{table} VALUES ({marks})",  # noqa: S608
                    rows[place : place + SLICE],
                )
    return perf_counter() - start


# --- Today meanwhile ---------------------------------------------------------------------------


def _today_meanwhile() -> float:
    """The page's p95 while a list comes in beside it, as `make run` does it."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import override_settings  # noqa: PLC0415

    member = _shop("meanwhile")

    def work() -> None:
        _brought_in(member, people(FEW), breath=BREATH)
        connection.close()

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    client, times = Client(SERVER_NAME="localhost"), []
    client.force_login(member.user)
    worker = threading.Thread(target=work)
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        worker.start()
        while worker.is_alive():
            start = perf_counter()
            assert client.get("/").status_code == 200  # noqa: S101 - a bench of error pages lies
            times.append((perf_counter() - start) * 1000)
            sleep(0.05)
    return quantiles(times, n=20)[-1]


# --- memory -------------------------------------------------------------------------------------


def _memory() -> float:
    """The peak of a process of its own, in megabytes."""
    with tempfile.TemporaryDirectory(prefix="followthrough-bench-") as folder:
        environment = os.environ | {
            "VAR_DIR": folder, "DATABASE_URL": str(Path(folder) / "bench.sqlite3"),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "bench.importing"], env=environment, cwd=ROOT, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
    return float(done.stdout)


def main() -> None:
    import django  # noqa: PLC0415 - settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _brought_in(_shop("many"), people(MANY))
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    main()
