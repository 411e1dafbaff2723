"""What addresses, places, numbers and dates say for or against, in bits, each with its reason."""

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_set_ratio

from followthrough.core.saying import says
from followthrough.inlets.alike.traits import IN_MANY_STREETS, Words

Evidence = tuple[float, str]
NOTHING: Evidence = (0.0, "")
TAIL = 8  # digits of a number that do not depend on how the country is written


def of_emails(a: str, b: str) -> Evidence:
    if a == b:
        return 10.0, says("the same mail address")
    if len(a) > 8 and OSA.distance(a, b, score_cutoff=2) <= 2:
        return 5.0, says("the mail addresses differ by a letter or two")
    local = a.rpartition("@")[0]
    if len(local) >= 6 and local == b.rpartition("@")[0]:
        return 3.0, says("the mail addresses begin alike")
    return -1.0, ""


def of_phones(a: str, b: str) -> Evidence:
    if a == b or (min(len(a), len(b)) >= 7 and (a.endswith(b[-TAIL:]) or b.endswith(a[-TAIL:]))):
        return 6.0, says("the same phone number")
    if len(a) == len(b) >= 7 and OSA.distance(a, b, score_cutoff=1) == 1:
        return 2.0, says("the phone numbers differ by one digit")
    return -2.0, ""


def of_streets(a: Words, b: Words) -> Evidence:
    number_a, called_a = house(a)
    number_b, called_b = house(b)
    alike = token_set_ratio(called_a, called_b) >= 80
    same_house = bool(number_a) and number_a == number_b
    if alike and same_house:
        return 6.0, says("the same street and number")
    if alike and not (number_a and number_b):
        return 2.0, says("the same street")
    return (-0.5, "") if alike or same_house else (-3.0, "")


def house(street: Words) -> tuple[str, str]:
    """The number of the house, and what its street is called; a street may be a number too."""
    numbers = [word for word in street if word[0].isdigit()]
    bare = len(numbers) == 1 and street[0] in IN_MANY_STREETS and street[-1] != numbers[0]
    number = "" if bare or not numbers else numbers[0]
    rest = [word for word in street if word != number]
    return number, " ".join(word for word in rest if word not in IN_MANY_STREETS) or " ".join(rest)


def of_cities(a: str, b: str) -> Evidence:
    if a == b:
        return 1.5, says("the same town")
    return (1.0, "") if ratio(a, b) >= 80 or token_set_ratio(a, b) == 100 else (-0.5, "")


def of_postcodes(a: str, b: str) -> Evidence:
    if a == b:
        return 3.0, says("the same postcode")
    return (1.0, "") if OSA.distance(a, b) == 1 else (-1.0, "")


def of_birthdays(a: str, b: str) -> Evidence:
    if a == b:
        return 7.0, says("the same birthday")
    turned = a[:4] == b[:4] and a[4:6] == b[6:8] and a[6:8] == b[4:6]
    if turned or OSA.distance(a, b) == 1:
        return 4.0, says("the birthdays differ by one digit")
    same = sum(a[part] == b[part] for part in (slice(0, 4), slice(4, 6), slice(6, 8)))
    if same == 2:
        return 2.0, says("the birthdays are much alike")
    near = len(a) == len(b) == 8 and abs(int(a[:4]) - int(b[:4])) <= 1
    return (-1.0, "") if same == 1 and near else (-4.0, "")


def of_ids(a: str, b: str) -> Evidence:
    if a == b:
        return 9.0, says("the same customer number")
    if len(a) >= 5 and OSA.distance(a, b) == 1:
        return 5.0, says("the customer numbers differ by one sign")
    return -3.0, ""
