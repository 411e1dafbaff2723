"""make words: gathers what the screens say into locale/*/LC_MESSAGES/django.po, and packs it."""

import os
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import ClassVar

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.core.management.commands import makemessages

SOURCE = Path(__file__).resolve().parents[1] / "src" / "followthrough"
TONGUES = ("de", "es", "fr")


class Gathering(makemessages.Command):
    """Django's own, which also knows the words by which the core says its sentences."""

    xgettext_options: ClassVar = [
        *makemessages.Command.xgettext_options,
        "--keyword=says", "--keyword=says_many:1,2", "--keyword=later",
    ]  # fmt: skip
    # A guess would stand beside the sentences that somebody wrote.
    msgmerge_options: ClassVar = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]
    msgattrib_options: ClassVar = [*makemessages.Command.msgattrib_options, "--sort-output"]


def gather(source: Path = SOURCE) -> None:
    """Needs the programs of GNU gettext. What is no longer said goes."""
    os.chdir(source)
    call_command(
        Gathering(), locale=list(TONGUES), ignore_patterns=["gallery/*"], add_location="file",
        no_obsolete=True, no_wrap=True, verbosity=0,
    )  # fmt: skip
    for tongue in TONGUES:
        _without_dates(po_of(tongue, source))


def po_of(tongue: str, source: Path = SOURCE) -> Path:
    return source / "locale" / tongue / "LC_MESSAGES" / "django.po"


def _without_dates(po: Path) -> None:
    """Two people who gather the same words write the same file."""
    dated = ('"POT-Creation-Date', '"PO-Revision-Date')
    lines = po.read_text(encoding="utf-8").splitlines(keepends=True)
    po.write_text("".join(it for it in lines if not it.startswith(dated)), encoding="utf-8")


def pack() -> None:
    for tongue in TONGUES:
        po_of(tongue).with_suffix(".mo").write_bytes(packed(po_of(tongue)))


def packed(po: Path) -> bytes:
    with po.open("rb") as words:
        written, catalogue = BytesIO(), read_po(words, locale=po.parts[-3])
        catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # else it is now, each time
        write_mo(written, catalogue)
    return written.getvalue()


def main() -> None:
    sys.path.insert(0, str(SOURCE.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.project.settings")
    django.setup()
    gather()
    pack()


if __name__ == "__main__":
    main()
