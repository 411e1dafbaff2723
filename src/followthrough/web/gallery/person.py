"""The gallery's Ann: evidence, words, promises and a timeline."""

from followthrough.web.gallery.today import LATER, MAILTO, SHEET, TEL, Context


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
            {
                "when_text": "Today",
                "text": "Two mails unseen. A call gets past that.",
                "tone": "now",
            },
        ],
        "courage": {
            "lead": "You’re not bothering her.",
            "text": "She asked for this price, and by the look of it she never got it.",
        },
        "words": {
            "call": "“Hi Ann, it’s Bob from Northlight. You asked me about an awning in October, "
            "and I have a feeling my price never reached you. Did the colour samples arrive? "
            "Which one is winning?”",
            "voicemail": "“Hi Ann, Bob from Northlight, about your awning. No hurry: I’ll try "
            "again tomorrow at ten.”",
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
            "quote": "Four swatches: oyster, navy, sage, brick. A hand-written note.",
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
