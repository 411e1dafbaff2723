"""Who is written down twice: what each person more in the list costs."""

from collections.abc import Iterator
from time import process_time

from bench.figures import Figure
from followthrough.inlets.alike import pairs

SIZES = (2_000, 20_000, 100_000)
_GIVEN = "Ann Bob Mia Pat Sid Robert William Elizabeth Katharina Hans Maria Jörg Chen Fatima"
_ENDS = "son mann er berg stein ley worth ski ova inho ez aux"
_BEGINS = "Al Ber Car Dor Eb Fal Gar Hol Ing Jans Kor Lind Mor Nor Ost Pet Quin Ros Stan Tho"
GIVEN, ENDS, BEGINS = _GIVEN.split(), _ENDS.split(), _BEGINS.split()


def growing() -> Iterator[Figure]:
    """Time for each person, in lists of 20,000 and 100,000 beside one of 2,000."""
    first = 0.0
    for size in SIZES:
        people = [_person(number) for number in range(size)]
        start = process_time()
        found = sum(1 for _ in pairs(people))
        each = (process_time() - start) / size
        first = first or each
        yield Figure(
            name=f"alike: each of {size:,}, {found:,} pairs", unit="times",
            limit=3, value=each / first,
        )  # fmt: skip


def _person(number: int) -> dict[str, list[str]]:
    """Every tenth is written down again, with a slip in the name."""
    who = number - 1 if number % 10 == 0 else number
    middle = chr(97 + who // 97 % 26) + chr(97 + who // 7 % 26)
    family = BEGINS[who % 20] + middle + ENDS[who // 20 % 12]
    slip = family[:3] + family[4:] if who < number else family
    return {
        "name": [f"{GIVEN[who // 240 % 14]} {slip}"],
        "company": [f"{BEGINS[who // 31 % 20]}{middle} Works {who // 9}"],
        "email": [f"{family.lower()}{who % 90}@firm{who // 9}.example"],
        "phone": [f"+4989{who * 7919 % 10_000_000:07}"],
        "city": [f"{BEGINS[who // 400 % 20]}stadt"],
    }


BENCHES = {"alike": growing}
