"""Whether a mail reads like a private one: only to leave a tick off, never to leave a mail out."""

from followthrough.inlets.language.phrases import pattern, patterns
from followthrough.inlets.language.quoting import own_words

LONGEST_LOOK = 4_000
SHORT = 600
PLAIN = ("family", "kisses")


def private(text: str, subject: str = "") -> str:
    """Why it reads like private mail, such as "family: “Mom”"; or nothing."""
    seen = f"{subject}\n{own_words(text)[:LONGEST_LOOK]}"
    found = [
        (name, sign[0].strip())
        for name, look in patterns("private").items()
        if (sign := look.search(seen))
    ]
    business = pattern("private", "business", "no").search(seen)
    plain = any(name in PLAIN for name, _ in found)
    faint = found and not plain and (len(found) > 1 or len(seen) < SHORT)
    if (plain and not (business and len(found) == 1)) or (faint and not business):
        name, words = found[0]
        return f"{name}: “{words}”"
    return ""
