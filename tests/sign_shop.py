"""A Wednesday in a small sign shop: something in every band, three things done, nobody dropped."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from followthrough.core import facts
from followthrough.ledger import alarms, audit, heartbeats, intakes
from followthrough.ledger.models import Mailbox, Party, Workspace
from followthrough.ledger.names import fact_name
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.record import record
from followthrough.worker.importing.job import Importer
from tests.cast import member_named

NOW = datetime(2026, 11, 25, 10, 5, tzinfo=UTC)
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nTEL:020 7946 00{1}\r\nEND:VCARD\r\n"


class SignShop:
    """Banners, London: Ann asks, Bob sells, Mia manages, Pat prints."""

    def __init__(self) -> None:
        self.told = 0
        self.workspace = Workspace.objects.create(
            name="Banners", zone="Europe/London", country="GB", currency="GBP"
        )
        self.bob = member_named("Bob", self.workspace)
        self.mia = member_named("Mia", self.workspace, "administrator")
        self.ann = self.somebody("Ann Archer", "Archer’s Bakery", "020 7946 0301")
        for tell in (self.anns_story, self.they_wait, self.words_given, self.gone_quiet):
            tell()
        self.kept_warm()
        self.done_this_morning()
        self.the_machine()

    def mailbox(self) -> Mailbox:
        """Bob’s, read a moment ago."""
        return Mailbox.objects.create(
            workspace=self.workspace, member=self.bob, address="bob@banners.example", name="Bob",
            username="bob", secret="", imap_host="imap.banners.example",
            smtp_host="smtp.banners.example", added_at=NOW - timedelta(days=30), read_at=NOW,
        )  # fmt: skip

    # --- telling ------------------------------------------------------------------------

    def somebody(self, name: str, company: str = "", phone: str = "", email: bool = True) -> Party:
        first, last = name.lower().split()
        address = f"{first}@{last}.example"
        known = Known(
            name=name,
            company=company,
            phones=(phone,) if phone else (),
            emails=(address,) if email else (),
        )
        return find_or_add(self.workspace, known, owner=self.bob, at=NOW - timedelta(days=200))

    def tell(self, party: Party, kind: str, ago: str, said: str = "", /, **more: Any) -> str:
        """One fact, `ago` being "days hours:minutes": so many days before, at that time."""
        words = [(said, "") if kind == "Opened" else ("", said)]
        source = self.hear(party, [self.fact(kind, ago, **more)], words)
        return fact_name(source, kind)

    def fact(self, kind: str, ago: str, /, **more: Any) -> Any:
        days, _, clock = ago.partition(" ")
        hour, minute = map(int, clock.split(":"))
        at = NOW.replace(hour=hour, minute=minute) - timedelta(days=int(days))
        by = {} if kind.startswith("They") else {"by": str(self.bob.pk)}
        return getattr(facts, kind)(at=at, **({"matter": "sign"} | by | more))

    def hear(self, party: Party, happened: list[Any], words: list[tuple[str, str]]) -> str:
        self.told += 1
        source = f"picture:{self.told}"
        record(party, *happened, source=source, at=happened[-1].at, words=words)
        return source

    # --- what happened ------------------------------------------------------------------

    def anns_story(self) -> None:
        ann, tell = self.ann, self.tell
        tell(ann, "Opened", "19 11:02", "Sign above the door", value=184_000)
        tell(ann, "TheyEnquired", "19 11:02", "We open a bakery in December. Do you do signs?")
        tell(ann, "WeCalled", "19 14:30", "Wants to be seen from the bus stop.", given="A tip")
        tell(ann, "TheyPromised", "19 14:31", "The landlord’s permission", due=NOW.replace(day=30))
        tell(ann, "Planned", "19 14:32", due=NOW - timedelta(days=14))
        tell(ann, "Met", "14 10:00", "Measured: 3.10 m wide. She likes the old lettering.")
        sketch = tell(
            ann, "WePromised", "14 10:40", "A sketch in green", due=NOW - timedelta(days=12)
        )
        tell(ann, "WeWrote", "12 09:15", "Here is the sketch.", given="A photo")
        tell(ann, "PromiseKept", "12 09:15", promise=sketch)
        tell(ann, "TheyWrote", "2 17:10", "Lovely! Could it be white on green, and by the 12th?")

    def they_wait(self) -> None:
        tom = self.somebody("Tom Hale", "Hale Cycles", "020 7946 0302")
        opened = self.fact("Opened", "0 08:50", value=62_000)
        asked = "Can you letter two shop windows before Advent?"
        self.hear(
            tom, [opened, self.fact("TheyEnquired", "0 08:50")],
            [("Window lettering", ""), ("", asked)],
        )  # fmt: skip
        omar = self.somebody("Omar Aziz", phone="020 7946 0303", email=False)
        self.tell(omar, "Opened", "40 09:21", "Van wrap", value=95_000)
        self.tell(omar, "WeCalled", "40 09:21", "Two vans, one now, one in spring.")
        self.tell(omar, "NotNow", "40 09:25", until=NOW + timedelta(days=20))
        self.tell(omar, "TheyCalled", "0 09:21", answered=False)

    def words_given(self) -> None:
        grace = self.somebody("Grace Lindo", "Riverside Yoga", "020 7946 0304")
        self.tell(grace, "Opened", "6 15:00", "Hanging sign", value=78_000)
        self.tell(grace, "WeCalled", "2 15:00", "She asks her partner; I ring on Wednesday.")
        self.tell(
            grace, "WePromised", "2 15:05", "Call about the bracket", how="call",
            due=NOW.replace(hour=14, minute=0),
        )  # fmt: skip
        ruth = self.somebody("Ruth Bell", "Bell Lane School", "020 7946 0311")
        self.tell(ruth, "Opened", "5 11:00", "Banner for the fair", value=24_000)
        self.tell(ruth, "WeCalled", "1 11:00", "Needs the proof for Wednesday’s meeting.")
        self.tell(ruth, "WePromised", "1 11:05", "The proof", due=NOW.replace(hour=12, minute=0))

    def gone_quiet(self) -> None:
        leo = self.somebody("Leo Marsh", "Marsh & Sons", "020 7946 0305")
        self.tell(leo, "Opened", "8 10:00", "Six site boards", value=246_000)
        self.tell(leo, "TheyEnquired", "8 10:00", "Six boards, weatherproof.")
        self.tell(leo, "QuoteSent", "5 15:12", "Six boards, fixed, with a five-year promise.",
                  amount=246_000)  # fmt: skip
        nina = self.somebody("Nina Kovac", "Café Kovac", "020 7946 0306")
        self.tell(nina, "Opened", "9 12:00", "Menu board", value=38_000)
        self.tell(nina, "WeCalled", "7 12:00", outcome="message")
        self.tell(nina, "WeCalled", "5 16:00", outcome="no_answer")
        pat = self.somebody("Pat Quill", "Quill Print", "020 7946 0307")
        self.tell(pat, "Opened", "6 09:30", "Vinyl for January", kind="supply")
        self.tell(pat, "TheyPromised", "6 09:30", "New prices for vinyl", due=NOW.replace(hour=15))

    def kept_warm(self) -> None:
        ines = self.somebody("Ines Duarte", "Duarte Flowers", "020 7946 0308")
        self.tell(ines, "Opened", "70 09:00", "Stay in touch", kind="keep_in_touch", days=60)
        self.tell(ines, "WeCalled", "62 10:00", "The awning still looks new.", given="A tip")
        sam = self.somebody("Sam Reid", "Reid Joinery", email=True)
        self.tell(sam, "Met", "5 18:00", "Met at the trade fair. Builds shop fronts.", ball="us")

    def done_this_morning(self) -> None:
        for number, name in enumerate(("Ivy Stone", "Max Weller", "Joan Firth")):
            party = self.somebody(name, phone=f"020 7946 03{20 + number}")
            self.tell(party, "TheyWrote", f"1 1{number}:00", "When could you come and look?")
            at = f"0 09:{35 + number * 8}"
            plan = self.fact("Planned", at, due=NOW + timedelta(days=2))
            self.hear(party, [self.fact("WeCalled", at), plan], [("", "Coming on Friday.")])

    def the_machine(self) -> None:
        """What the worker would have done by now."""
        names = ("Ada Finch", "Ben Okoro", "Cleo Hart")
        cards = "".join(CARD.format(name, 40 + n) for n, name in enumerate(names)).encode()
        importer = Importer()
        intake = intakes.receive(
            self.workspace, self.mia, "phone-contacts.vcf", BytesIO(cards), {}, at=NOW
        )
        while not intake.finished_at:
            importer.slice_of(intake, at=NOW)
        alarms.ring(self.workspace, at=NOW)
        audit.check(self.workspace, at=NOW)
        heartbeats.beat(self.workspace, "alarms", at=NOW)
