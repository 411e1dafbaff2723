"""The gallery's smaller pages."""

from followthrough.web.gallery.person import about_ann
from followthrough.web.gallery.today import Context, quiet_band, waiting_band, warm_band, word_band
from followthrough.web.places import places
from followthrough.web.rail import lists


def rail() -> Context:
    there = lists({"today": 11, "health": 0}, places(everywhere=True))
    return there | {"member": {"name": "Bob Berger"}}


def today() -> Context:
    return {
        "bands": [waiting_band(), word_band(), quiet_band(), warm_band()],
        "filters": [("All", 11), ("Calls", 5), ("Mail", 4), ("Team", 1)],
        "panel": True,
        **about_ann(),
    }


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


def people() -> Context:
    rows = waiting_band()["rows"] + quiet_band()["rows"]
    return {"rows": rows}


def capture() -> Context:
    problem = "We can’t reach anybody there. Is a letter missing?"
    return {"problem": problem, "here": "capture"}


def import_list() -> Context:
    found = [
        ("Priya Nair", "Nair Dental", "Asked “can you fit it before the 30th?”", "", "17 hours")
    ]
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
                [
                    "Mia Moreau",
                    {"text": "21", "right": True},
                    {"text": "1", "right": True},
                    "4 days",
                ],
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


def parts() -> Context:
    return {"tones": ["", "pine", "ember", "honey", "lake"], "counts": range(14), **about_ann()}
