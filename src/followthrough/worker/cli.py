"""`followthrough scan` and `followthrough import`; every other word is one of Django's commands."""

import os
import sys

from followthrough.worker import scan

USAGE = """\
followthrough scan FILE... [--me ADDRESS]       whom you owe an answer; writes nothing
followthrough import FILE... [--me ADDRESS] [--member EMAIL] [--map COLUMN=FIELD]
                             [--what deals] [--day-first] [--dry-run] [--report out.csv]
followthrough import --undo NUMBER              takes a whole import back
followthrough rules | audit | sweep | explain ID | work
followthrough sending [--only-copy] [--left ID] [--again ID] [--stop ID]
"""


def main() -> None:
    words = sys.argv[1:]
    if not words or words[0] in ("help", "-h", "--help"):
        sys.stdout.write(USAGE)
    elif words[0] == "scan":
        sys.exit(scan.main(words[1:]))
    else:
        os.umask(0o077)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.project.settings")
        # Django reads its settings on import; a scan must work without any.
        from django.core.management import execute_from_command_line  # noqa: PLC0415

        execute_from_command_line(["followthrough", *words])
