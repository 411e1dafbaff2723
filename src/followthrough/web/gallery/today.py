"""The gallery's Today: four bands of invented people."""

from typing import Any

Context = dict[str, Any]

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


def waiting_band() -> Context:
    rows = [
        row(
            1, "Beth Lindqvist", "Saltmarsh Yoga",
            "Her banner tore on Friday. You said sorry; a new one has no date yet",
            money="$240", wait="4 days", late=True, meter=9, meter_text="9th contact",
            chip="Complaint", chip_tone="ember",
        ),
        row(
            2, "Marcus Bell", "from your website", "Asked 14 minutes ago, no answer yet",
            quote="What would 200 yard signs cost, and could we have them before the election?",
            money="new", wait="14 min", late=True, meter=0, meter_text="First contact",
        ),
        row(
            3, "Priya Nair", "Nair Dental",
            "Asked “can you fit it before the 30th?” yesterday at 4:42. No answer yet",
            icon="mail", how="Mail", money="$2,150", wait="17 hours", meter=4,
            meter_text="4th contact", gift="Sent her two lobby photos",
        ),
    ]  # fmt: skip
    return {"name": "Waiting on you", "hint": "they wrote last", "tone": "lake", "rows": rows}


def word_band() -> Context:
    rows = [
        row(
            4, "Tom Reyes", "Reyes Plumbing", "You said you’d send the van-wrap mock-ups by 3 pm",
            icon="mail", how="Mail", money="$5,200", wait="by 3:00 pm", late=True, meter=7,
            meter_text="7th contact", gift="You measured the van on Friday",
        ),
        row(
            5, "Mia Moreau", "your team",
            "Mia promised Fenwick Farms their proposal by yesterday. It is not sent yet",
            icon="flag", how="Ask", money="$7,800", wait="1 day late", late=True,
        ),
    ]  # fmt: skip
    return {"name": "You gave your word", "hint": "for today", "tone": "ember", "rows": rows}


def quiet_band() -> Context:
    rows = [
        row(
            6, "Ann Archer", "Harbor Lane Bakery",
            "Quote #1042, $3,400, sent 3 weeks ago. No answer, never opened",
            money="$3,400", wait="3 weeks", meter=5, meter_text="5th contact",
            gift="Awning colour samples, 9 days ago", current=True,
        ),
        row(
            7, "Sam Osei", "Osei Coffee",
            "Opened quote #1051 four times since Friday, said nothing",
            money="$1,180", wait="4 days", meter=6, meter_text="6th contact",
            gift="Photo of a similar shop front",
        ),
        row(
            8, "Pat Prinz", "prints for you",
            "Promised the acrylic by Friday. Tom’s job on Thursday needs it",
            money="order 88", wait="4 days late",
        ),
    ]  # fmt: skip
    band = {"name": "Gone quiet", "hint": "you wrote last", "tone": "honey", "rows": rows}
    return band | {"more": 5, "more_url": "/gallery/today/"}


def warm_band() -> Context:
    rows = [
        row(
            9, "Lena Fischer", "Fischer Photo",
            "Bought 12 days ago. Say thanks, ask if the prints arrived well",
            icon="gift", how="Send a card", money="$410", wait="any time", meter=13,
            meter_text="13th contact",
        )
    ]  # fmt: skip
    return {"name": "Keep warm", "hint": "no rush", "tone": "pine", "rows": rows}
