"""The gallery's finish sheet, in each of its states."""

from followthrough.web.gallery.today import Context


def sheet() -> Context:
    return {
        "template": "sheet",
        "action": "/gallery/sheet-blocked/",
        "when_url": "/gallery/parsed/",
        "cancel_url": "/gallery/today/",
        "mode": "next",
        "followup": {
            "who": "Ann Archer",
            "first_name": "Ann",
            "way": "Call to (207) 555-0142",
            "about": "6th contact",
        },
        "form": {
            "outcome": "spoke",
            "minutes": "4",
            "note": "Never saw the quote. I said I’d send it again today. Loves the striped "
            "awning. Decides with her sister on Sunday.",
            "promises": [],
            "gifts": ["answer"],
            "when": "call next tue 10am",
            "hello": True,
        },
        "heard": [
            {
                "sentence": "I said I’d send it again today.",
                "word": "I’d send it again today.",
                "yes": "Yes, by today, 17:00",
            }
        ],
        "reading": {
            "kind": "understood",
            "sentence": "Call Ann on Tuesday, December 1 at 10:00 am",
            "note": "In 4 working days · she likes mornings · nothing else of yours then",
        },
        **choices(),
    }


def choices() -> Context:
    outcomes = [
        ("spoke", "We spoke", "phone-call"),
        ("message", "Left a message", "message-square"),
        ("no_answer", "No answer", "phone-missed"),
        ("wrote", "They wrote back", "reply"),
    ]
    gifts = ["An answer", "A photo", "A tip", "Samples", "An intro", "Nothing this time"]
    reasons = {
        "yes": "They said yes",
        "other": "Chose someone else",
        "budget": "No budget",
        "fit": "Not a fit",
        "stop": "Asked us to stop",
        "silent": "Never answered",
    }
    later = ["In a month", "After the holidays", "Next season"]
    return {
        "outcomes": [{"value": v, "label": label, "icon": icon} for v, label, icon in outcomes],
        "gifts": [{"value": gift.split()[-1].lower(), "label": gift} for gift in gifts],
        "suggestions": [
            {"label": "Tomorrow 9 am", "text": "call tomorrow 9am"},
            {"label": "Monday, after she decides", "text": "call mon 9am"},
            {"label": "In 2 weeks", "text": "call in 2 weeks"},
        ],
        "later_suggestions": [{"label": words, "text": words.lower()} for words in later],
        "reasons": [{"value": value, "label": label} for value, label in reasons.items()],
    }


def sheet_page() -> Context:
    return sheet() | {"template": "sheet_page", "page": True, "here": "today"}


def sheet_blocked() -> Context:
    errors = {"when": "Say when. “tomorrow” is enough."}
    form = sheet()["form"] | {"when": "", "errors": errors}
    ambiguous = {
        "kind": "ambiguous",
        "sentence": "Do you mean March 4 or April 3?",
        "note": "03/04 can be read both ways.",
        "choices": [
            {"label": "Thu, March 4", "text": "march 4"},
            {"label": "Sat, April 3", "text": "april 3"},
        ],
    }
    return sheet() | {"form": form, "reading": ambiguous}


def sheet_close() -> Context:
    form = sheet()["form"] | {"reason": "other"}
    return sheet_page() | {"mode": "close", "form": form}


def sheet_later() -> Context:
    """Not now, after two asks that gave nothing."""
    reading = {
        "kind": "understood",
        "resting": True,
        "sentence": "Quiet until Monday, January 4",
        "note": "If Ann writes or calls first, Ann comes straight back.",
    }
    form = sheet()["form"] | {"when": "after new year", "gifts": []}
    give_first = {"asks": 2, "titles": ["How to clean an awning", "A photo", "A tip"]}
    return sheet_page() | {
        "mode": "not_now", "form": form, "reading": reading, "give_first": give_first,
    }  # fmt: skip


def sheet_taken() -> Context:
    moved = "This moved while you wrote. Save once more, and yours stands beside it."
    form = sheet()["form"] | {"beside": True, "errors": {"all": moved}}
    taken = "Mia, today, 10:12: We spoke on the phone. Next: Send the quote, tomorrow, 9:00."
    return sheet_page() | {"form": form, "taken": taken}


def parsed() -> Context:
    return {"reading": sheet()["reading"]}
