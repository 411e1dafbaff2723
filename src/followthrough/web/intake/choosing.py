"""What a person put right on a preview, as the settings of its import."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from followthrough.inlets.columns import FIELDS, SUBJECTS
from followthrough.ledger.models import Intake

DAY_FIRST = {"day": True, "month": False}
LISTS = ("csv", "xlsx")  # kinds of files
MOST = 12  # addresses of one's own


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """`unseen`: the preview has not shown yet how it reads with these. `undecided`: nobody said
    which of the addresses are theirs, nor that none is."""

    settings: dict[str, Any]
    unseen: bool = False
    undecided: bool = False


def chosen_in(posted: QueryDict, intake: Intake) -> Chosen:
    """Only what differs from what the preview guessed is a choice; nonsense is none."""
    if intake.kind in LISTS:
        chosen = _of_a_list(posted, intake)
        return Chosen(settings=chosen, unseen=bool(chosen))
    if intake.kind == "vcard" or "addresses" not in posted:
        return Chosen(settings={})
    said = [*posted.getlist("address"), *posted.get("another", "").replace(",", " ").split()]
    plain = [one.replace("\0", "").strip().lower()[:254] for one in said if "@" in one]
    nobody = not plain and "nobody" in posted
    return Chosen(
        settings={"ours": list(dict.fromkeys(plain))[:MOST], "nobody": nobody},
        undecided=not (plain or nobody) and bool(intake.preview.get("addresses")),
    )


def _of_a_list(posted: QueryDict, intake: Intake) -> dict[str, Any]:
    seen, before = intake.preview, intake.settings
    chosen: dict[str, Any] = {}
    fields = _fields(posted, before.get("fields", {}), seen)
    if fields:
        chosen["fields"] = before.get("fields", {}) | fields
    what = posted.get("what", "")
    if what in SUBJECTS and what != (before.get("what") or seen.get("what")):
        chosen["what"] = what
    day_first = DAY_FIRST.get(posted.get("day_first", ""))
    if day_first is not None and day_first != (before.get("day_first") is not False):
        chosen["day_first"] = day_first
    headings = posted.get("headings", "")
    now = bool(before.get("header_row", seen.get("header_row")))
    if headings in ("yes", "no") and (headings == "yes") != now:
        # Other headings are other columns: what was said of the old ones says nothing of these.
        chosen |= {"header_row": 1 if headings == "yes" else 0, "fields": {}}
    return chosen


def _fields(
    posted: QueryDict, before: Mapping[str, str], seen: Mapping[str, Any]
) -> dict[str, str]:
    found = {}
    for place, guess in enumerate(seen.get("mapping", ())):
        said = posted.get(f"field-{place}")
        if said is not None and said in FIELDS and said != before.get(str(place), guess):
            found[str(place)] = said
    return found
