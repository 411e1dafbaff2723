"""Whether a mail reads like a private one: only to leave a tick off, never to leave a mail out."""

from followthrough.inlets.language.phrases import patterns

LONGEST_LOOK = 4_000


def private(text: str, subject: str = "") -> str:
    """Why it reads like private mail, or nothing: two signs, or one where nothing is business."""
    seen = f"{subject}\n{text[:LONGEST_LOOK]}"
    signs = patterns("private")
    business = signs.pop("business").search(seen)
    found = [(name, sign[0]) for name, look in signs.items() if (sign := look.search(seen))]
    if not found or (business and len(found) == 1):
        return ""
    name, words = found[0]
    return f"{name}: “{words.strip()}”"
