"""Words as one compares them: without case and accents, and cut to what their forms share."""

import re
from unicodedata import combining, normalize

# Letters that are no base letter with a mark.
OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’ʼ`´]")
ENDINGS = ("ings", "ers", "ern", "ens", "ing", "en", "em", "es", "er", "ed", "s", "e", "n")
SHORTEST_STEM = 3
# They say nothing of what is wanted.
EMPTY = frozenset(
    """
    a about all also an and any anything are as at be been but by can could do does for from get
    had has have he her him his how i if in into is it its just know let like me more my need
    needed new of on one or our ours please she so some than that the their them then there these
    they this those to us want wanted wants was we were what when where which who will with would
    you your product products
    aber als am auch auf aus bei das dass dem den der des die ein eine einem einen einer es für
    haben hat hätte ich ihr im ist kann mich mir mit möchte neu neue neuen nicht noch oder sie
    sind uns und
    von war was wenn werden wie wir wird zu zum zur
    """.split()  # noqa: SIM905
)


def folded(text: str) -> str:
    """The same for "Müller" and "MULLER"."""
    plain = normalize("NFKD", text.casefold().translate(OTHER_LETTERS))
    return "".join(letter for letter in plain if not combining(letter)).translate(OTHER_LETTERS)


def words_of(text: str) -> list[str]:
    """Each folded word once, in its order; "Archer’s" is one."""
    return list(dict.fromkeys(WORD.findall(folded(APOSTROPHES.sub("", text)))))


def pieces_of(text: str) -> list[str]:
    """Each word, and what stands on either side of an apostrophe: "l’Oréal" is found by both."""
    return list(dict.fromkeys([*words_of(text), *words_of(APOSTROPHES.sub(" ", text))]))


def stems_of(text: str) -> list[str]:
    """What the words of a wish share with their other forms; those that say nothing left out."""
    telling = (word for word in words_of(text) if word not in _EMPTY)
    return list(dict.fromkeys(map(stem, telling)))


def stem(word: str) -> str:
    """Light stripping of English and German endings, in the way of Harman's S-stemmer (1991).

    It may join too much, which is what a short list wants: "copy" and "copies", "Bild", "Bilder".
    """
    if word.endswith(("ies", "y")) and len(word) > SHORTEST_STEM:
        return word.removesuffix("ies").removesuffix("y") + "i"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word if word.endswith("ss") else word.removesuffix(ending)
    return word


def endings_of(number: str, least: int = 4) -> list[str]:
    """A number from each of its digits on, so that any piece of it is the beginning of one."""
    digits = "".join(filter(str.isdecimal, folded(number)))
    return [digits[start:] for start in range(len(digits) - least + 1)]


_EMPTY = frozenset(folded(word) for word in EMPTY)
