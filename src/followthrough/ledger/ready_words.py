"""Words that are there from the first day: for the commonest occasions, in three tones each."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from followthrough.ledger.models import Template, Workspace
from followthrough.ledger.models.wording import TONES

LANGUAGES = ("en", "de", "fr", "es")


def ready_for(workspace: Workspace) -> list[Template]:
    """Not rows yet: one becomes a row when it is changed, left out, or sent."""
    return [Template(workspace=workspace, **said) for said in _all()]


@cache
def _all() -> tuple[dict[str, Any], ...]:
    return tuple(one for language in LANGUAGES for one in _of(language))


def _of(language: str) -> Iterator[dict[str, Any]]:
    file = Path(__file__).with_name("ready_words") / f"{language}.toml"
    for occasion, said in tomllib.loads(file.read_text("utf-8")).items():
        for tone in TONES:
            yield {
                "ready": f"{language}.{occasion}.{tone}", "name": said["name"], "tone": tone,
                "language": language, "occasion": occasion, "text": said[tone]["text"].strip(),
                "subjects": said[tone]["subjects"],
            }  # fmt: skip
