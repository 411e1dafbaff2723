"""What is open about a list that was brought in, said so that a person can put it right."""

from collections.abc import Iterator, Sequence

from followthrough.core.saying import says
from followthrough.inlets.columns import FIELDS, MANY
from followthrough.inlets.filled import Columns
from followthrough.inlets.wording import one_line

WHO = {"name", "first", "last", "email", "phone", "company", "external", "deal", "deal_id"}


def about_nobody(mapping: tuple[str, ...]) -> tuple[str, ...]:
    said = says("No column says whom this list is about. Please choose the one that does.")
    return () if WHO & set(mapping) else (said,)


def either_order(header: str) -> str:
    return says(
        "The dates under “{header}” could start with the day or with the month. "
        "They are read with the day first.",
        header=header,
    )


def about_sums(columns: Columns) -> Iterator[str]:
    for meant, how in columns.sums.items():
        if how.unsure:
            header = columns.headers[columns.mapping.index(meant)]
            yield says(
                "It is open whether “{cell}” under “{header}” has decimals. It is read as {sum}. "
                "If that is wrong, write these with two decimals and choose the file again.",
                cell=one_line(how.unsure, limit=40),
                header=header,
                sum=f"{how.number(how.unsure):,}",
            )


def said_twice(headers: Sequence[str], mapping: Sequence[str]) -> Iterator[str]:
    """Of two columns with one meaning only the first is read, unless it may stand in several."""
    places: dict[str, list[str]] = {}
    for header, one in zip(headers, mapping, strict=True):
        if one and one not in MANY:
            places.setdefault(one, []).append(header)
    for one, named_so in places.items():
        if len(named_so) > 1:
            named = " and ".join(f"“{header}”" for header in named_so)
            yield f"{named} both say “{FIELDS[one]}”. Only the first of them is read."
