"""The gallery's invented people: Ann asks, Bob sells, Mia manages, Pat prints."""

from typing import Any

Context = dict[str, Any]

RAIL: Context = {"today_count": 11, "uncovered": 0, "member": {"name": "Bob Berger"}}

SHEET, LATER = "/gallery/sheet/", "/gallery/sheet/?mode=not_now"
TEL, MAILTO = "tel:+12075550142", "mailto:ann@harborlane.example"


def row(number: int, who: str, detail: str, why: str, **more: Any) -> Context:
    usual = {
        "id": number,
        "icon": "phone",
        "how": "Call",
        "who": who,
        "who_detail": detail,
        "why": why,
        "url": "/gallery/person/",
        "sheet_url": SHEET,
        "not_now_url": LATER,
        "tel": TEL,
        "mailto": MAILTO,
    }
    return usual | more


def today() -> Context:
    return {
        "bands": [waiting_band(), word_band(), quiet_band(), warm_band()],
        "filters": [("All", 11), ("Calls", 5), ("Mail", 4), ("Team", 1)],
        "panel": True,
        **about_ann(),
    }


def waiting_band() -> Context:
    rows = [
        row(
            1,
            "Beth Lindqvist",
            "Saltmarsh Yoga",
            "Her banner tore on Friday. You said sorry; a new one has no date yet",
            money="$240",
            wait="4 days",
            late=True,
            meter=9,
            meter_text="9th contact",
            chip="Complaint",
            chip_tone="ember",
        ),
        row(
            2,
            "Marcus Bell",
            "from your website",
            "Asked 14 minutes ago, no answer yet",
            quote="What would 200 yard signs cost, and could we have them before the election?",
            money="new",
            wait="14 min",
            late=True,
            meter=0,
            meter_text="First contact",
        ),
        row(
            3,
            "Priya Nair",
            "Nair Dental",
            "Asked “can you fit it before the 30th?” yesterday at 4:42. No answer yet",
            icon="mail",
            how="Mail",
            money="$2,150",
            wait="17 hours",
            meter=4,
            meter_text="4th contact",
            gift="Sent her two lobby photos",
        ),
    ]
    return {"name": "Waiting on you", "hint": "they wrote last", "tone": "lake", "rows": rows}


def word_band() -> Context:
    rows = [
        row(
            4,
            "Tom Reyes",
            "Reyes Plumbing",
            "You said you’d send the van-wrap mock-ups by 3 pm",
            icon="mail",
            how="Mail",
            money="$5,200",
            wait="by 3:00 pm",
            late=True,
            meter=7,
            meter_text="7th contact",
            gift="You measured the van on Friday",
        ),
        row(
            5,
            "Mia Moreau",
            "your team",
            "Mia promised Fenwick Farms their proposal by yesterday. It is not sent yet",
            icon="flag",
            how="Ask",
            money="$7,800",
            wait="1 day late",
            late=True,
        ),
    ]
    return {"name": "You gave your word", "hint": "for today", "tone": "ember", "rows": rows}


def quiet_band() -> Context:
    rows = [
        row(
            6,
            "Ann Archer",
            "Harbor Lane Bakery",
            "Quote #1042, $3,400, sent 3 weeks ago. No answer, never opened",
            money="$3,400",
            wait="3 weeks",
            meter=5,
            meter_text="5th contact",
            gift="Awning colour samples, 9 days ago",
            current=True,
        ),
        row(
            7,
            "Sam Osei",
            "Osei Coffee",
            "Opened quote #1051 four times since Friday, said nothing",
            money="$1,180",
            wait="4 days",
            meter=6,
            meter_text="6th contact",
            gift="Photo of a similar shop front",
        ),
        row(
            8,
            "Pat Prinz",
            "prints for you",
            "Promised the acrylic by Friday. Tom’s job on Thursday needs it",
            money="order 88",
            wait="4 days late",
        ),
    ]
    band = {"name": "Gone quiet", "hint": "you wrote last", "tone": "honey", "rows": rows}
    return band | {"more": 5, "more_url": "/gallery/today/"}


def warm_band() -> Context:
    rows = [
        row(
            9,
            "Lena Fischer",
            "Fischer Photo",
            "Bought 12 days ago. Say thanks, ask if the prints arrived well",
            icon="gift",
            how="Send a card",
            money="$410",
            wait="any time",
            meter=13,
            meter_text="13th contact",
        )
    ]
    return {"name": "Keep warm", "hint": "no rush", "tone": "pine", "rows": rows}


def about_ann() -> Context:
    return {
        "person": {
            "name": "Ann Archer",
            "detail": "Owner, Harbor Lane Bakery · best reached 10–12",
            "url": "/gallery/person/",
        },
        "facts": [
            {"when_text": "Oct 21", "text": "She asked for an awning price on your website"},
            {"when_text": "Oct 28", "text": "Quote #1042 mailed, $3,400", "url": "#proof"},
            {"when_text": "Nov 3", "text": "Reminder mailed, not opened as far as we can see"},
            {"when_text": "Nov 9", "text": "Colour samples posted to the shop", "tone": "good"},
            {"when_text": "Today", "text": "Two mails unseen. A call gets past that.", "tone": "now"},
        ],
        "courage": {
            "lead": "You’re not bothering her.",
            "text": "She asked for this price, and by the look of it she never got it.",
        },
        "words": {
            "call": "“Hi Ann, it’s Bob from Northlight. You asked me about an awning in October, and "
            "I have a feeling my price never reached you. Did the colour samples arrive? "
            "Which one is winning?”",
            "voicemail": "“Hi Ann, Bob from Northlight, about your awning. No hurry: I’ll try again "
            "tomorrow at ten.”",
            "mail": "Hi Ann,\n\nI think my price from October got lost. Here it is again.\n\nBob",
            "text": "Hi Ann, Bob here. Did the colour samples arrive?",
        },
        "talk": talk(),
        "tel": TEL,
        "phone": "(207) 555-0142",
        "mailto": MAILTO,
        "sheet_url": SHEET,
        "not_now_url": LATER,
    }


def talk() -> list[Context]:
    return [
        {
            "name": "Ann Archer",
            "by": "Ann",
            "about": "Oct 21 · web form",
            "tone": "pine",
            "text": "We open the terrace in spring and the old awning is a disgrace. "
            "What would a striped one cost?",
        },
        {
            "name": "Bob Berger",
            "by": "You",
            "about": "Oct 28 · mail, not opened",
            "tone": "lake",
            "text": "Hi Ann, the price is attached: $3,400 fitted, stripes included…",
        },
    ]


def empty() -> Context:
    return {
        "here": "today",
        "doors": [
            {
                "icon": "calendar-days",
                "text": "Tomorrow starts at 9:30 with Priya Nair",
                "note": "4 follow-ups",
                "url": "#",
            },
            {"icon": "gift", "text": "Thank someone who bought last month", "url": "#"},
            {"icon": "users", "text": "Say hello to someone you like", "url": "#"},
        ],
    }


def person() -> Context:
    return {
        "here": "people",
        **about_ann(),
        "step": {
            "icon": "phone",
            "what": "Call Ann today: did the samples arrive?",
            "why": "Quote #1042 was never opened. Two mails unseen, so try her voice.",
            "tel": TEL,
            "sheet_url": SHEET,
            "not_now_url": LATER,
        },
        "months": [
            {"name": "November", "items": november()},
            {"name": "October", "items": october()},
        ],
    }


def november() -> list[Context]:
    return [
        {
            "icon": "eye-off",
            "title": "Quote #1042 still unopened",
            "detail": "after 21 days",
            "when": "Today",
            "machine": True,
            "chip": "Opened follow-up: call Ann",
            "chip_tone": "honey",
        },
        {
            "icon": "gift",
            "tone": "pine",
            "title": "You posted awning colour samples",
            "when": "Nov 9",
            "quote": "Four swatches: oyster, navy, sage, brick. Hand-written note about the terrace.",
        },
        {
            "icon": "mail",
            "title": "You mailed a reminder",
            "detail": "delivered, not opened",
            "when": "Nov 3",
        },
    ]


def october() -> list[Context]:
    return [
        {
            "icon": "file-text",
            "title": "Quote #1042 sent, $3,400",
            "when": "Oct 28",
            "url": "#quote",
            "detail": "delivered, not opened",
        },
        {
            "icon": "phone",
            "tone": "lake",
            "title": "Ann called, 6 minutes",
            "when": "Oct 23",
            "quote": "Terrace opens in April. Wants stripes. Her sister Ruth decides with her. "
            "“Don’t make it look like a beach club.”",
            "chip": "Promise: price by Oct 28, kept",
            "chip_tone": "pine",
        },
        {
            "icon": "x",
            "title": "You noted a call that did not happen",
            "when": "Oct 22",
            "retracted": True,
        },
        {
            "icon": "globe",
            "tone": "lake",
            "title": "Ann filled in the website form",
            "detail": "you answered in 38 minutes",
            "when": "Oct 21",
            "quote": "We open the terrace in spring and the old awning is a disgrace. "
            "What would a striped one cost?",
        },
    ]


def people() -> Context:
    rows = waiting_band()["rows"] + quiet_band()["rows"]
    return {"rows": rows}


def capture() -> Context:
    problem = "We can’t reach anybody there. Is a letter missing?"
    return {"problem": problem, "here": "capture"}


def import_list() -> Context:
    found = [("Priya Nair", "Nair Dental", "Asked “can you fit it before the 30th?”", "", "17 hours")]
    found += [("Gus Keller", "Keller Roofing", "You wrote “a price this week”", "", "12 days")]
    found += [("Ann Archer", "Harbor Lane Bakery", "Quote sent, no answer", "$3,400", "3 weeks")]
    return {"found": found}


def health() -> Context:
    return {
        "table": {
            "caption": "Open matters by member",
            "columns": [
                {"label": "Member"},
                {"label": "Open", "right": True},
                {"label": "Late", "right": True},
                {"label": "Oldest"},
            ],
            "rows": [
                [
                    {"text": "Bob Berger", "url": "#"},
                    {"text": "34", "right": True},
                    {"text": "2", "right": True},
                    {"text": "3 weeks", "chip_tone": "honey"},
                ],
                ["Mia Moreau", {"text": "21", "right": True}, {"text": "1", "right": True}, "4 days"],
            ],
        }
    }


def members() -> Context:
    return {
        "people": [
            ("Bob Berger", "bob@northlight.example · looks after 34 people", "", ""),
            ("Mia Moreau", "mia@northlight.example · sees everybody’s work", "Manager", "pine"),
            ("Jo Lindgren", "jo@northlight.example · invited on Monday", "Invited", "honey"),
        ],
    }


def nothing() -> Context:
    return {}


def sheet() -> Context:
    return {
        "template": "sheet",
        "action": "/gallery/sheet-blocked/",
        "when_url": "/gallery/parts/",
        "cancel_url": "/gallery/today/",
        "mode": "next",
        "followup": {
            "who": "Ann Archer",
            "first_name": "Ann",
            "about": "Call to (207) 555-0142 · today 10:12 · 6th contact",
        },
        "form": {
            "outcome": "spoke",
            "note": "Never saw the quote: it went to the bakery’s old address. Loves the striped "
            "awning. Decides with her sister on Sunday.",
            "gifts": ["answer"],
            "when": "call next tue 10am",
            "hello": True,
        },
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


def parts() -> Context:
    return {"tones": ["", "pine", "ember", "honey", "lake"], "counts": range(14), **about_ann()}
