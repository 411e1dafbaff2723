"""Whether a mail was their answer: somebody says so with one press, and can take it back."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from followthrough.core.enrolments import LIVE
from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import PerhapsReplied, TheyWrote, Unenrolled, Waived
from followthrough.ledger import mail_heads
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import lock
from followthrough.ledger.mail_heads import Head
from followthrough.ledger.models import Address, Doubt, Fact, FollowUp, Member, Party
from followthrough.ledger.parties import Known, add_addresses, find_or_add, take_addresses
from followthrough.ledger.record import record
from followthrough.ledger.undo import undo

RULE = "ask_whether"
YES, NO = "yes", "no"
A_MOMENT = timedelta(microseconds=1)  # an answer comes after the doubt whether it is one


def put(doubts: Iterable[Doubt]) -> None:
    """Beside the fact, in its transaction; told again, it is no news."""
    Doubt.objects.bulk_create(list(doubts), ignore_conflicts=True)


def doubt_of(followup: FollowUp) -> Doubt | None:
    return _of(followup).first()


def doubts_about(rows: Iterable[Fact]) -> dict[str, Doubt]:
    """Of these mails, by the name of the fact: who wrote each, and what somebody decided."""
    mails = list(rows)
    if not mails:
        return {}
    about = {"party__in": {one.party_id for one in mails}, "said__in": [one.name for one in mails]}
    found = Doubt.objects.filter(workspace=mails[0].workspace_id, **about)
    return {one.said: one for one in found}


def stands_again(row: Fact, heard: Collection[datetime]) -> bool:
    """Whether the words of this mail stand among what they wrote, too, since somebody said that it
    is their answer."""
    return row.kind == PerhapsReplied.__name__ and row.at + A_MOMENT in heard


def said_in(doubt: Doubt) -> Fact | None:
    rows = Fact.objects.filter(workspace=doubt.workspace_id, party=doubt.party_id, name=doubt.said)
    return rows.select_related("text").first()


def decide(followup: FollowUp, answer: str, *, by: Member, at: datetime) -> Doubt | None:
    """None: somebody has decided it already, or it is no doubt any more."""
    with transaction.atomic():
        lock({followup.party_id})
        doubt = _of(followup).select_for_update(of=("self",)).first()
        stands = FollowUp.objects.filter(pk=followup.pk, settled_at=None).exists()
        said = said_in(doubt) if doubt else None
        if doubt is None or said is None or not stands:
            return None
        doubt.decided_at, doubt.answer, doubt.did = at, answer, {}
        if answer == YES:
            _it_is(doubt, said, followup, by, at)
        else:
            _it_is_not(doubt, said, followup, by, at)
        doubt.save(update_fields=["decided_at", "answer", "did"])
        return doubt


def take_back(doubt: Doubt, *, by: Member, at: datetime) -> bool:
    """Undecided again, with all that followed. False: it was taken back already."""
    with transaction.atomic():
        row = Doubt.objects.select_for_update(of=("self",)).select_related("party__workspace").get(
            workspace=doubt.workspace_id, pk=doubt.pk
        )  # fmt: skip
        if not row.answer:
            return False
        undo(row.party, source=_source(row), by=by, at=at)
        if other := row.did.get("other"):
            theirs = Party.objects.select_related("workspace").get(pk=other)
            undo(theirs, source=_source(row), by=by, at=at)
        take_addresses(row.party, row.did.get("addresses", []), at=at)
        row.answer, row.decided_at, row.did = "", None, {}
        row.save(update_fields=["answer", "decided_at", "did"])
        return True


def _of(followup: FollowUp) -> QuerySet[Doubt]:
    rows = Doubt.objects.filter(
        workspace=followup.workspace_id, party__in=family_of(followup.party),
        said=followup.occasion,
    )  # fmt: skip
    return rows.select_related("workspace", "party__workspace")


def _it_is(doubt: Doubt, said: Fact, followup: FollowUp, by: Member, at: datetime) -> None:
    """Their answer ends the plan and is owed one; whoever has a record of their own is answered
    there. An address from which they wrote is theirs from now on."""
    party, key = doubt.party, followup.matter.key
    if said.own.get("apart"):
        running = followup.matter.plan_state in LIVE
        ends: list[Happened] = [Unenrolled(at=at, matter=key, by=str(by.pk))] if running else []
        gone = Waived(at=at, what=followup.key, by=str(by.pk))
        record(party, gone, *ends, source=_source(doubt), at=at)
        return
    if said.own.get("why") != "machine" and doubt.email:
        doubt.did = {"addresses": _added(party, doubt, at)}
    thread = said.own.get("thread", "")
    wrote = TheyWrote(at=said.at + A_MOMENT, matter=key, thread=thread)
    record(party, wrote, source=_source(doubt), at=at, words=_words(said))
    _answerable(doubt, party, said)


def _it_is_not(doubt: Doubt, said: Fact, followup: FollowUp, by: Member, at: datetime) -> None:
    """The plan goes on. A person who wrote is somebody by themselves, and waits for us."""
    gone = Waived(at=at, what=followup.key, by=str(by.pk))
    record(doubt.party, gone, source=_source(doubt), at=at)
    if said.own.get("apart") or said.own.get("why") == "machine" or not doubt.email:
        return
    known = Known(name=doubt.name, emails=(doubt.email,))
    other = find_or_add(doubt.workspace, known, owner=by, at=at)
    doubt.did = {"other": other.pk}
    wrote = TheyWrote(at=said.at, thread=said.own.get("thread", ""))
    record(other, wrote, source=_source(doubt), at=at, words=_words(said))
    _answerable(doubt, other, said)


def _added(party: Party, doubt: Doubt, at: datetime) -> list[int]:
    """The rows that came by this, so that only these go when it is taken back."""
    rows = Address.objects.filter(workspace=party.workspace_id, party=party)
    before = set(rows.values_list("pk", flat=True))
    add_addresses(party, Known(emails=(doubt.email,)), at=at)
    return sorted(set(rows.values_list("pk", flat=True)) - before)


def _answerable(doubt: Doubt, party: Party, said: Fact) -> None:
    """What one of us answers goes into its conversation, and to where it came from."""
    if thread := said.own.get("thread", ""):
        head = Head(
            thread=thread, message_id=doubt.message_id, address=doubt.email, written_at=said.at,
            subject=said.text.title if said.text else "", mailbox=doubt.mailbox_id,
        )  # fmt: skip
        mail_heads.note(party.workspace, [(party, head)])


def _words(said: Fact) -> list[tuple[str, str]]:
    return [(said.text.title, said.text.body)] if said.text else []


def _source(doubt: Doubt) -> str:
    """Taken back and said again it is news."""
    stamp = doubt.decided_at.isoformat() if doubt.decided_at else ""
    return f"doubt:{doubt.pk}:{stamp}"
