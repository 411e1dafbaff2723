"""Reading what the words of ordinary mails oblige, beside parsing the same mails."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

from bench.figures import Figure, per_second
from followthrough.inlets.language import findings
from followthrough.inlets.mailbox import parse
from followthrough.inlets.noticed import Mail

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
ROUNDS = 200
BELOW = """
Best regards,
Ann Miller
Head of Marketing
Tel: +44 20 7946 0958

On Mon, 2 Mar 2026 at 09:12, Bob <bob@ours.test> wrote:
> Hello Ann,
> thank you for your visit on Friday. The sketches are attached.
> Please let me know which of them you like.
"""
WRITTEN = (
    """Hello Bob,

thank you for the sketches. We like the second one best. Could you send us a quote for 20 of them?
We would need them by the end of March.
""",
    """Hi Bob,

we have moved and need a new sign above the door. It should be about two metres wide and be lit at
night. What would that cost, and when could somebody come and measure?
""",
    """Bob,

the lorry came on Tuesday and all is well. The invoice went to our accountant, who will pay it this
week. I'll send you a photo when it hangs.
""",
    """Guten Tag,

wir haben Ihr Angebot bekommen. Könnten Sie uns bitte noch den Preis für 30 Stück nennen? Wir melden
uns dann bis Freitag.
""",
)


def reading() -> Iterator[Figure]:
    raw = [_mail(text + BELOW) for text in WRITTEN]
    texts = [mail.text for mail in map(parse, raw) if isinstance(mail, Mail)]

    def parsed() -> int:
        return sum(1 for _ in range(ROUNDS) for one in raw if parse(one))

    for whose, by_us, limit in (("theirs", False, 2_000), ("ours", True, 4_000)):

        def read(by_us: bool = by_us) -> int:  # noqa: FBT001
            for _ in range(ROUNDS):
                for text in texts:
                    findings(text, at=MONDAY, by_us=by_us)
            return ROUNDS * len(texts)

        yield Figure(
            name=f"words of a mail, {whose} (raw: parsing it)", unit="mails/s", limit=limit,
            more_is_better=True, value=per_second(read), raw=per_second(parsed),
        )  # fmt: skip


def _mail(text: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ann Miller <ann@customer.test>", "Bob <bob@ours.test>"
    mail["Subject"], mail["Date"] = "Re: The sign", "Mon, 02 Mar 2026 10:00:00 +0000"
    mail["Message-ID"] = "<1@customer.test>"
    mail.set_content(text)
    return mail.as_bytes()


BENCHES = {"language": reading}
