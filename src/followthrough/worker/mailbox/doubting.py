"""What goes with doubtful mail into the books: who wrote it, whom else it may answer for, and what
an automatic reply proposes."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from followthrough.core.enrolments import LIVE
from followthrough.core.facts import AutoReplied, PerhapsReplied, TheyWrote
from followthrough.inlets.mailbox.absence import absence_in
from followthrough.inlets.noticed import Mail
from followthrough.ledger.addresses import FREE_MAIL
from followthrough.ledger.mailboxes import our_addresses
from followthrough.ledger.models import Address, Doubt, Mailbox, Matter, Party
from followthrough.ledger.names import fact_name
from followthrough.ledger.parties import Match, Matches
from followthrough.ledger.plain import clean
from followthrough.ledger.proposals import AWAY, PERSONAL, Said
from followthrough.ledger.record import Heard
from followthrough.ledger.terms import terms_of
from followthrough.worker.importing.outcomes import Told

MOST = 5  # of one house with a plan: more is no doubt about anybody
Line = tuple[Told, Match, Mail | None]


def without_their_own(lines: Sequence[Line]) -> list[Line]:
    """Whoever answers from another address of theirs, that we know, has simply answered."""
    wrote = {(told.source, match.party.pk) for told, match, _ in lines if _is(told, TheyWrote)}
    return [
        (told, match, mail)
        for told, match, mail in lines
        if not (_is(told, PerhapsReplied) and (told.source, match.party.pk) in wrote)
    ]


def doubts_in(mailbox: Mailbox, lines: Sequence[Line]) -> Iterator[Doubt]:
    for told, match, mail in lines:
        if mail and _is(told, PerhapsReplied):
            yield _doubt(mailbox, match.party, told.source, mail)


def colleagues(mailbox: Mailbox, lines: Sequence[Line], found: Matches) -> Iterator[Heard]:
    """Somebody new of a house in which a plan runs with somebody else: it may be their answer."""
    ours = {one.partition("@")[2] for one in our_addresses(mailbox.workspace)}
    for told, match, mail in lines:
        if not (mail and match.party.pk in found.newcomers and _is(told, TheyWrote)):
            continue
        house = mail.sender.email.partition("@")[2]
        if house and house not in FREE_MAIL and house not in ours:
            for other in _with_a_plan(mailbox, house, besides=match.party):
                fact = PerhapsReplied(at=told.facts[0].at, why="colleague", apart=True)
                yield Heard(
                    party=other, source=told.source, facts=[fact],
                    words=[(clean(mail.subject), clean(told.words[0][1]))],
                )  # fmt: skip


def doubt_about(mailbox: Mailbox, heard: Heard, lines: Sequence[Line]) -> Doubt:
    [mail] = [mail for told, _, mail in lines if mail and told.source == heard.source][:1]
    return _doubt(mailbox, heard.party, heard.source, mail)


def proposed_in(mailbox: Mailbox, lines: Sequence[Line]) -> Iterator[Said]:
    """Their day back for a new date, where something is open; and who helps meanwhile."""
    for told, match, mail in lines:
        party, fact = match.party, (told.facts[0] if told.facts else None)
        if not (mail and isinstance(fact, AutoReplied)):
            continue
        name = fact_name(told.source, AutoReplied.__name__)
        away = absence_in(f"{mail.subject}.\n{mail.text}", at=fact.at)
        if fact.until and _is_open(party):
            calendar = terms_of(mailbox.workspace).calendar_of(str(mailbox.member_id))
            yield Said(
                party=party, kind=AWAY, fact=name, place=0, sentence=clean(away.says),
                said_at=fact.at, due=calendar.opening(fact.until + timedelta(hours=12)),
            )  # fmt: skip
        if away.instead:
            yield Said(
                party=party, kind=PERSONAL, fact=name, place=1, sentence=clean(away.instead),
                said_at=fact.at, value=clean(away.instead)[:200],
            )  # fmt: skip


def _doubt(mailbox: Mailbox, party: Party, source: str, mail: Mail) -> Doubt:
    return Doubt(
        workspace_id=party.workspace_id, party=party,
        said=fact_name(source, PerhapsReplied.__name__),
        name=clean(mail.sender.name)[:200], email=clean(mail.sender.email)[:254],
        message_id=clean(mail.message_id)[:998], mailbox=mailbox,
    )  # fmt: skip


def _with_a_plan(mailbox: Mailbox, house: str, *, besides: Party) -> list[Party]:
    running = Matter.objects.filter(
        workspace=mailbox.workspace_id, plan_state__in=LIVE, closed_at=None
    ).exclude(plan="")  # fmt: skip
    there = Address.objects.filter(
        workspace=mailbox.workspace_id, kind="email", canonical__endswith=f"@{house}",
        party__in=running.values("party"),
    )  # fmt: skip
    rows = Party.objects.filter(pk__in=there.values("party")).exclude(pk=besides.pk)
    some = list(rows.select_related("workspace").order_by("pk")[: MOST + 1])
    return some if len(some) <= MOST else []


def _is_open(party: Party) -> bool:
    return Matter.objects.filter(workspace=party.workspace_id, party=party, closed_at=None).exists()


def _is(told: Told, kind: type) -> bool:
    return bool(told.facts) and type(told.facts[0]) is kind
