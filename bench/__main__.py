"""python -m bench [name …]: on a database file of its own, with every safety switched on."""

import os
import sys
import tempfile
from pathlib import Path


def main(names: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="followthrough-bench-") as folder:
        os.environ["VAR_DIR"] = folder
        if not os.environ.get("BENCH_POSTGRES"):
            os.environ["DATABASE_URL"] = str(Path(folder) / "bench.sqlite3")
        os.environ["MAIL_INSIDE"] = "machine"  # the sink stands here
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.project.settings")
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
        return run(names)


def run(names: list[str]) -> int:
    import django  # noqa: PLC0415 - settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from bench import (  # noqa: PLC0415 - tables need a set-up Django
        alike,
        backfill,
        browsing,
        importing,
        language,
        ledger,
        lists,
        mailbox,
        pages,
        screens,
        sending,
        steps,
    )

    call_command("migrate", verbosity=0)
    ledger.prepare()
    apart = (ledger, pages, screens, lists, mailbox, language, importing, alike, browsing, backfill)
    benches = dict(pages.SERVED)
    for module in (*apart, sending, steps):
        benches |= module.BENCHES
    known = benches | mailbox.WHEN_ASKED | steps.WHEN_ASKED
    missed = 0
    for name in names or benches:
        for figure in known[name]():
            sys.stdout.write(figure.line() + "\n")
            sys.stdout.flush()
            missed += not figure.kept
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
