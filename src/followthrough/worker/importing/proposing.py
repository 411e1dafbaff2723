"""From what a mailbox tells to what is proposed: each with its sentence, and ticked or not."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from followthrough.core.saying import says
from followthrough.ledger import lessons, proposals
from followthrough.ledger.lessons import Learned
from followthrough.ledger.models import (
    Address,
    Fact,
    FollowUp,
    Intake,
    Member,
    Party,
    Proposal,
    Text,
    Workspace,
)
from followthrough.ledger.names import hashed
from followthrough.ledger.proposals import DETAILS, OPEN, PROMISED, SETTLED, Said
from followthrough.ledger.statements import insert, update
from followthrough.ledger.today import said_of
from followthrough.ledger.wants import Wanted
from followthrough.worker.importing.heard import words_of
from followthrough.worker.importing.outcomes import Told

# A finding is proposed as this; what a held follow-up is proposed as, by its rule.
KINDS = {
    "we_promise": "promised", "they_promise": "they_promised", "phone": "phone", "title": "title",
    "personal": "personal",
}  # fmt: skip
RULES = {
    "answer_them": "asked", "answer_questions": "asked", "quiet_after_our_word": "quiet",
    "mend_the_bounce": "bounced",
}  # fmt: skip
# Hurt people first, then those who beg; inside that what weighs more, inside that the newest.
TONES = {"upset": 3, "begs": 2}
WEIGHTS = {"asked": 5, "promised": 4, "bounced": 3, "quiet": 2, "they_promised": 1}
TONE, KIND, UNTICKED = 10_000_000, 1_000_000, -1_000_000_000
BATCH = 200
OLD = timedelta(days=730)
TOO_OLD = says("It is more than two years old")
WORD_FIRST = says("You owe them your word first")


def said_in(told: Told, party: Party) -> Iterator[Said]:
    """What one mail promises, and what stands under it. Its first fact is the mail itself."""
    if not told.findings:
        return
    mail, name = told.facts[0], _name_of_mail(told)
    for one in told.findings:
        if one.kind in KINDS:
            yield Said(
                party=party, kind=KINDS[one.kind], fact=name, place=one.start,
                sentence=one.sentence, said_at=mail.at, cue=one.cue, value=one.value, due=one.due,
            )  # fmt: skip


def wanted_in(told: Told, party: Party) -> Iterator[Wanted]:
    """What they would like to have from us: it obliges nobody, and is found when we have it."""
    for one in told.findings:
        text = one.value if one.kind == "wants" else one.sentence if one.kind == "asks" else ""
        if text:
            yield Wanted(party=party, text=text, said_at=told.facts[0].at, fact=_name_of_mail(told))


def _name_of_mail(told: Told) -> str:
    return f"{hashed(told.source)}.{type(told.facts[0]).__name__}.0"


def propose(intake: Intake, *, at: datetime) -> int:
    """The next handful of what this import found; 0 when all of it is proposed."""
    if some := propose_words(intake.workspace, intake, at=at):
        return some
    return propose_held(intake.workspace, intake.member, intake, at=intake.created_at)


def propose_held(
    workspace: Workspace, member: Member, intake: Intake | None, *, at: datetime
) -> int:
    """The next handful of what is held back. `at` is when it came: older words are history."""
    taught = lessons.learned(workspace)
    held = list(proposals.held_back(workspace)[:BATCH])
    said = said_of(held)
    emails = lessons.emails_of(workspace, {row.party_id for row in held})
    asked = Asked(member=member, intake=intake, at=at)
    insert(
        [_proposal(asked, row, said.get(row.shows or row.because), emails, taught) for row in held]
    )
    return len(held)


def propose_words(workspace: Workspace, intake: Intake | None, *, at: datetime) -> int:
    """The next handful of sentences alone; without an intake those of mail that came just now."""
    heard = list(proposals.heard_in(workspace, intake)[:BATCH])
    if heard:
        _open(heard, lessons.learned(workspace), at)
    return len(heard)


# --- words given, numbers and titles ------------------------------------------------


def _open(heard: list[Proposal], taught: Learned, at: datetime) -> None:
    """What followed may show that it was done; what we know already need not be proposed."""
    workspace = heard[0].workspace
    parties = {one.party_id for one in heard}
    since = _since(heard, parties)
    emails = lessons.emails_of(workspace, parties)
    numbers = _numbers(heard, parties)
    for one in heard:
        known = (one.party_id, _digits(one.value)) in numbers
        done = known if one.kind in DETAILS else since.is_done(one)
        one.state, one.decided_at = (SETTLED, at) if done else (OPEN, None)
        old = one.said_at < at - OLD and one.kind not in DETAILS
        one.why_not = "" if done else TOO_OLD if old else taught.why_not(_marks(one, emails))
        one.ticked = not one.why_not
        one.rank = _rank(one.kind, "", one.said_at, ticked=one.ticked)
    update(heard, ("state", "decided_at", "why_not", "ticked", "rank"))


def _marks(one: Proposal, emails: dict[int, list[str]]) -> list[tuple[str, str]]:
    return lessons.marks(emails.get(one.party_id, []), one.cue)


@dataclass(frozen=True, kw_only=True)
class _Since:
    """When each side moved, by party."""

    ours: dict[int, list[datetime]]
    theirs: dict[int, list[datetime]]
    calls: dict[int, list[datetime]]

    def is_done(self, one: Proposal) -> bool:
        """A later mail of ours may be the promised one; a promised call is only done by a call."""
        if one.kind != PROMISED:
            moved = self.theirs
        else:
            moved = self.calls if one.value == "call" else self.ours
        return any(at > one.said_at for at in moved[one.party_id])


def _since(heard: Sequence[Proposal], parties: set[int]) -> _Since:
    found = _Since(ours=defaultdict(list), theirs=defaultdict(list), calls=defaultdict(list))
    rows = Fact.objects.filter(
        workspace=heard[0].workspace_id, party__in=parties,
        at__gt=min(one.said_at for one in heard),
    )  # fmt: skip
    places = {
        "WeWrote": (found.ours,), "QuoteSent": (found.ours,), "Provided": (found.ours,),
        "WeCalled": (found.ours, found.calls), "Met": (found.ours, found.calls, found.theirs),
        "TheyWrote": (found.theirs,), "TheyEnquired": (found.theirs,),
        "TheyCalled": (found.theirs, found.calls), "TheyOrdered": (found.theirs,),
    }  # fmt: skip
    for party, kind, at in rows.values_list("party", "kind", "at"):
        for place in places.get(kind, ()):
            place[party].append(at)
    return found


def _numbers(heard: Sequence[Proposal], parties: set[int]) -> set[tuple[int, str]]:
    rows = Address.objects.filter(workspace=heard[0].workspace_id, party__in=parties, kind="phone")
    return {(party, _digits(value)) for party, value in rows.values_list("party", "canonical")}


def _digits(value: str) -> str:
    """The last nine: with and without the country's code it is the same number."""
    return "".join(filter(str.isdigit, value))[-9:]


# --- people who wait, and those gone quiet -------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who is asked where a follow-up is nobody's, what brought it, and when."""

    member: Member
    intake: Intake | None
    at: datetime


def _proposal(
    asked: Asked,
    row: FollowUp,
    said: tuple[Text, str] | None,
    emails: dict[int, list[str]],
    taught: Learned,
) -> Proposal:
    kind = RULES.get(row.rule, "other")
    title, body = (said[0].title, said[0].body) if said else ("", "")
    words = words_of(title, body, at=row.since, by_us=kind == "quiet")
    enquired = ".TheyEnquired." in row.because
    why_not = (
        (TOO_OLD if row.since < asked.at - OLD else "")
        or (words.why_no_business(enquired=enquired, times=row.count) if kind == "asked" else "")
        or (WORD_FIRST if kind == "quiet" and _owes_a_word(row) else "")
    ) or taught.why_not(lessons.marks(emails.get(row.party_id, [])))
    return Proposal(
        workspace_id=row.workspace_id, party_id=row.party_id,
        member_id=row.member_id or asked.member.pk,
        intake=asked.intake, followup=row, key=f"followup:{row.pk}", kind=kind, tone=words.tone,
        said=row.shows or row.because, sentence=words.sentence, said_at=row.since,
        ticked=not why_not, why_not=why_not[:200], state=OPEN,
        rank=_rank(kind, words.tone, row.since, ticked=not why_not),
    )  # fmt: skip


def _owes_a_word(row: FollowUp) -> bool:
    """They may be silent because we have not kept our word."""
    promised = Proposal.objects.filter(
        workspace=row.workspace_id, party=row.party_id, kind=PROMISED, state=OPEN
    )
    return promised.exists()


def _rank(kind: str, tone: str, at: datetime, *, ticked: bool) -> int:
    days = int(at.timestamp() // 86_400)
    order = TONES.get(tone, 0) * TONE + WEIGHTS.get(kind, 0) * KIND + days
    return order if ticked else order + UNTICKED
