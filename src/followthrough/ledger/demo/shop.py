"""What happened in the sign shop: somebody for each band and screen, and three months of words."""

from datetime import datetime, timedelta

from followthrough.core.matter import PRIVATE
from followthrough.ledger import circle
from followthrough.ledger.demo.telling import Story
from followthrough.ledger.models import Detail, Member, Party, Want
from followthrough.ledger.sealing import seal

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CAST = (
    ("Ann Archer", "Archer’s Bakery", "020 7946 0301"),
    ("Sid Sable", "", "020 7946 0302"),
    ("Pat Quill", "Quill Print", "020 7946 0303"),
    ("Tom Hale", "Hale Cycles", "020 7946 0304"),
    ("Grace Lindo", "Riverside Yoga", "020 7946 0305"),
    ("Ruth Bell", "Bell Lane School", "020 7946 0306"),
    ("Leo Marsh", "Marsh & Sons", "020 7946 0307"),
    ("Nina Kovac", "Café Kovac", "020 7946 0308"),
    ("Omar Aziz", "Aziz Removals", "020 7946 0309"),
    ("Ines Duarte", "Duarte Flowers", "020 7946 0310"),
    ("Sam Reid", "Reid Joinery", ""),
    ("Ivy Stone", "Stone Dental", "020 7946 0312"),
    ("Max Weller", "Weller Brewing", "020 7946 0313"),
    ("Joan Firth", "Firth Books", "020 7946 0314"),
    ("Una Pole", "Pole Position", "020 7946 0315"),
    ("Ray Mint", "Mint Dentistry", "020 7946 0316"),
)
# Small words of every week: to whom, what, and how many hours after its hour it was kept.
WEEKLY = (
    ("Ivy", "The price for the door sign", -3), ("Max", "Two samples by post", -5),
    ("Joan", "The proof of the window", -1), ("Una", "A date for the fitting", -2),
    ("Ray", "The list of colours", -4),
)  # fmt: skip
LATE = {4: 6, 13: 27, 22: 4}  # of these, so many hours


def tell_all(story: Story) -> None:
    story.people(CAST)
    for tell in (
        ann,
        they_wait,
        words_given,
        gone_quiet,
        deals,
        kept_warm,
        every_week,
        this_morning,
    ):
        tell(story)
    ours(story)
    story.write()
    good_to_know(story)


def ann(story: Story) -> None:
    tell, day = story.tell, story.day
    tell("Ann", "Opened", day(19, 11), "Sign above the door", value=184_000, chance=70)
    tell("Ann", "TheyEnquired", day(19, 11), "We open a bakery soon. Do you do signs?")
    tell("Ann", "WeCalled", day(19, 14), "Wants to be seen from the bus stop.", given="A tip")
    tell("Ann", "TheyPromised", day(19, 15), "The landlord’s permission", due=day(-3, 12))
    tell("Ann", "Met", day(14), "Measured: 3.10 m wide. She likes the old lettering.")
    sketch = tell("Ann", "WePromised", day(14, 11), "A sketch in green", due=day(12, 12))
    tell("Ann", "WeWrote", day(12, 9), "Here is the sketch.", given="A photo")
    tell("Ann", "PromiseKept", day(12, 9, 1), promise=sketch)
    tell("Ann", "TheyWrote", day(2, 17), "Lovely! Could it be white on green, and by the 12th?")


def they_wait(story: Story) -> None:
    tell, now = story.tell, story.now
    asked = "Can you letter two shop windows before the holidays?"
    tell("Tom", "Opened", now - 70 * MINUTE, "Window lettering", value=62_000)
    tell("Tom", "TheyEnquired", now - 69 * MINUTE, asked)
    tell("Sid", "TheyEnquired", now - 50 * MINUTE, "A friend gave me your number. Do you do boats?")
    tell("Omar", "Opened", story.day(40, 9), "Van wrap", value=95_000)
    tell("Omar", "WeCalled", story.day(40, 9, 5), "Two vans, one now, one in spring.")
    tell("Omar", "NotNow", story.day(40, 9, 10), until=story.day(-20))
    tell("Omar", "TheyCalled", now - 35 * MINUTE, answered=False)


def words_given(story: Story) -> None:
    tell, day, now = story.tell, story.day, story.now
    tell("Grace", "Opened", day(6, 15), "Hanging sign", value=78_000)
    tell("Grace", "WeCalled", day(2, 15), "She asks her partner; I ring back.")
    tell(
        "Grace",
        "WePromised",
        day(2, 15, 5),
        "Call about the bracket",
        how="call",
        due=now + 2 * HOUR,
    )
    tell("Ruth", "Opened", day(5, 11), "Banner for the fair", value=24_000)
    tell("Ruth", "WeCalled", day(1, 11), "Needs the proof for the meeting.")
    tell("Ruth", "WePromised", day(1, 11, 5), "The proof", due=now - 3 * HOUR)


def gone_quiet(story: Story) -> None:
    tell, day = story.tell, story.day
    tell("Leo", "Opened", day(9), "Six site boards", value=246_000, chance=60)
    tell("Leo", "TheyEnquired", day(9), "Six boards, weatherproof.")
    tell(
        "Leo",
        "QuoteSent",
        day(6, 15),
        "Six boards, fixed, with a five-year promise.",
        amount=246_000,
    )
    tell("Nina", "Opened", day(9, 12), "Menu board", value=38_000)
    tell("Nina", "WeCalled", day(7, 12), outcome="message")
    tell("Nina", "WeCalled", day(5, 16), outcome="no_answer")
    tell("Pat", "Opened", day(6, 9), "Vinyl for January", kind="supply")
    tell("Pat", "TheyPromised", day(6, 9, 30), "New prices for vinyl", due=story.now + HOUR)


def deals(story: Story) -> None:
    tell, day = story.tell, story.day
    tell("Max", "Opened", day(20), "Brewery front", value=412_000, chance=50)
    tell("Max", "Met", day(8), "Saw the yard. Wants it in copper.", given="Samples")
    tell("Max", "QuoteSent", day(3), "Copper letters, lit from behind.", amount=412_000)
    tell("Joan", "Opened", day(15), "Shop window", value=53_000)
    tell("Joan", "WeCalled", day(3, 11), "She decides with her sister.")
    tell("Joan", "Planned", day(3, 11, 5), due=day(-1, 11))
    tell("Una", "Opened", day(33), "Race numbers", value=19_000)
    tell("Una", "WeCalled", day(30), "They said yes on the phone.")
    tell("Una", "Closed", day(28), outcome="won", reason="They said yes")
    tell("Ray", "Opened", day(25), "Practice sign", value=88_000)
    tell("Ray", "WeCalled", day(21), "Went with somebody nearer.")
    tell("Ray", "Closed", day(20), outcome="lost", reason="Chose someone else")


def kept_warm(story: Story) -> None:
    tell, day = story.tell, story.day
    tell("Ines", "Opened", day(70, 9), "Stay in touch", kind="keep_in_touch", days=60)
    tell("Ines", "WeCalled", day(62), "The awning still looks new.", given="A tip")
    tell("Sam", "Met", day(5, 18), "Met at the trade fair. Builds shop fronts.", ball="us")


def every_week(story: Story) -> None:
    """Some forty words of three and a half months, nearly all kept in time."""
    for n in range(42):
        who, what, hours = WEEKLY[n % len(WEEKLY)]
        matter, ago = f"word-{n}", 4 + n * 2.6
        common = {"matter": matter}
        due = story.day(ago, 15)
        story.tell(who, "Opened", story.day(ago + 3, 9), "", kind="promise", **common)
        name = story.tell(who, "WePromised", story.day(ago + 3, 9, 1), what, due=due, **common)
        kept = due + LATE.get(n, hours) * HOUR
        story.tell(who, "PromiseKept", kept, promise=name, **common)
        story.tell(who, "Closed", kept + MINUTE, outcome="settled", **common)


def this_morning(story: Story) -> None:
    story.tell("Ivy", "Opened", story.day(4), "Door sign", value=31_000)
    story.tell("Ivy", "TheyWrote", story.day(1, 11), "When could you come and look?")
    story.tell("Ivy", "WeCalled", story.now - 25 * MINUTE, "Coming on Friday.", given="An answer")
    story.tell("Ivy", "Planned", story.now - 24 * MINUTE, due=story.day(-3), how="meeting")


def ours(story: Story) -> None:
    """To a colleague, to the family, and a colleague's word to a customer."""
    bob, mia, now = story.bob, story.mia, story.now
    given = now - 20 * HOUR
    sealed, evening = seal(bob, "Dance recital", at=given), story.day(-2, 18)
    team, alone = circle.colleague_party(mia, at=given), circle.private_party(bob, at=given)
    words: tuple[tuple[str | Party, Member, str, str, datetime], ...] = (
        (team, bob, "team_commitment", "The price list", now + 4 * HOUR),
        (alone, bob, PRIVATE, sealed, evening),
        ("Joan", mia, "team_commitment", "The proposal", story.day(-1, 17)),
    )
    for who, giver, kind, said, due in words:
        own = {"matter": f"{kind}-{giver.name}", "by": str(giver.pk)}
        story.tell(who, "Opened", given, "", kind=kind, owner=str(giver.pk), **own)
        how = "" if who == "Joan" else "do"
        story.tell(who, "WePromised", given + MINUTE, said, due=due, how=how, **own)


def good_to_know(story: Story) -> None:
    workspace, at = story.bob.workspace, story.day(14)
    for who, kind, text in (
        ("Ann", "common_ground", "Her sister rows at your club."),
        ("Leo", "personal", "His son starts as an apprentice in autumn."),
    ):
        Detail.objects.create(
            workspace=workspace, party=story.parties[who], kind=kind, text=text, said_at=at,
            by=story.bob,
        )  # fmt: skip
    for who, text in (("Nina", "Chalk boards that swing"), ("Ines", "A lit sign for the van")):
        Want.objects.create(
            workspace=workspace, party=story.parties[who], text=text, said_at=at
        )  # fmt: skip
