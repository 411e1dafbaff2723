"""What follows from an answer: for the message, and for the mailbox that it was to leave from."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from followthrough.channels.email import answers
from followthrough.channels.email.answers import Answer, meaning
from followthrough.core.saying import Saying, says
from followthrough.ledger import sign_ins
from followthrough.ledger.models import Mailbox
from followthrough.ledger.models.mailboxes import PAUSED, REFUSED, WORKS
from followthrough.ledger.models.outbox import FAILED, IN_DOUBT, QUEUED, SENT
from followthrough.ledger.outbox import pace
from followthrough.ledger.outbox.claiming import Claimed
from followthrough.ledger.outbox.settling import Outcome
from followthrough.ledger.outbox.telling import ring_administrators, ring_for

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAUSES = (5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR)
GIVE_UP = 3 * DAY
JITTER = 0.2
TOMORROW = 12 * HOUR  # what may leave in a day has left
UNREACHED = MINUTE  # a server that cannot be reached is left alone for so long

Chance = Callable[[], float]  # from 0 to 1

GAVE_UP = says("Their server did not take it for three days.")
NO_ADDRESS = says("There is no such address.")
NO_ROOM = says("Their mailbox is full.")
TURNED_AWAY = says("Their server refused it.")
TOO_LARGE = says("It is too large for their server. Send less with it.")

ENDS: dict[str, tuple[Saying, bool]] = {  # why, and whether it was their server that said so
    answers.DEAD: (NO_ADDRESS, True),
    answers.REFUSED: (TURNED_AWAY, True),
    answers.TOO_BIG: (TOO_LARGE, False),
}
# The message is as good as it was; it waits for its mailbox.
WAITS = {answers.SIGN_IN, answers.SENDER}


def outcome(one: Claimed, answer: Answer, stage: str, *, at: datetime, chance: Chance) -> Outcome:
    means, said = meaning(answer, stage), str(answer)
    if means == answers.SENT:
        return Outcome(id=one.id, state=SENT, answer=said)
    if means == answers.IN_DOUBT:
        return Outcome(id=one.id, state=IN_DOUBT, answer=said)
    if means in ENDS:
        why, theirs = ENDS[means]
        dead = means == answers.DEAD
        return Outcome(id=one.id, state=FAILED, answer=said, reason=why, dead=dead, returned=theirs)
    if means in WAITS:
        return Outcome(id=one.id, state=QUEUED, answer=said, again_at=at)
    return _later(one, means, said, at=at, chance=chance)


def _later(one: Claimed, means: str, said: str, *, at: datetime, chance: Chance) -> Outcome:
    if at - one.tried_at >= GIVE_UP:
        full = means == answers.FULL
        why = NO_ROOM if full else GAVE_UP
        return Outcome(id=one.id, state=FAILED, answer=said, reason=why, returned=full)
    pause = GIVE_UP if means == answers.FULL else back_off(one.attempt, chance)
    return Outcome(id=one.id, state=QUEUED, answer=said, again_at=at + pause)


def back_off(attempt: int, chance: Chance) -> timedelta:
    """After the first attempt five minutes, and longer each time; never all at the same moment."""
    pause = PAUSES[min(attempt, len(PAUSES)) - 1]
    return pause * (1 - JITTER + 2 * JITTER * chance())


# --- the mailbox -------------------------------------------------------------------------------


def learn(mailbox: Mailbox, recipient: str, answer: Answer, stage: str, *, at: datetime) -> None:
    """What one answer tells of all the mail from there."""
    means = meaning(answer, stage)
    with transaction.atomic():
        if means == answers.SLOWER:
            pace.slow_down(mailbox, at=at)
            if answers.is_for_today(answer):
                pace.rest(mailbox, until=at + TOMORROW)
        elif means == answers.SIGN_IN:
            _not_let_in(mailbox, answer, at=at)
        elif means == answers.SENDER:
            _not_our_name(mailbox, answer, at=at)
        elif means == answers.REFUSED and _is_about_us(answer):
            domain = recipient.rpartition("@")[2].lower()
            if pace.refused_by(mailbox, domain):
                _pause(mailbox, answer, at=at)
        elif stage == answers.OPENING and means == answers.AGAIN:
            pace.rest(mailbox, until=at + UNREACHED)


def _not_let_in(mailbox: Mailbox, answer: Answer, *, at: datetime) -> None:
    """A token may be refused before its time: with the next one it is tried again in a moment."""
    if sign_ins.forget_old_token(mailbox, at=at):
        pace.rest(mailbox, until=at + UNREACHED)
    else:
        shut_out(mailbox, answer, at=at)


def let_in_again(mailbox: Mailbox) -> None:
    with transaction.atomic():
        pace.rest(mailbox, until=None)
        Mailbox.objects.filter(pk=mailbox.pk, state=REFUSED).update(
            state=WORKS, problem="", problem_since=None
        )


def shut_out(mailbox: Mailbox, answer: Answer, *, at: datetime) -> None:
    """Nothing fails and nobody knocks at the door more than once an hour."""
    pace.rest(mailbox, until=at + HOUR)
    if _stop(mailbox, REFUSED, answer, at=at):
        what = says("Your mailbox is not let in: sign in again")
        ring_for(mailbox.member, what, followup=None, at=at)
        ring_administrators(mailbox.workspace, what, at=at)


def _not_our_name(mailbox: Mailbox, answer: Answer, *, at: datetime) -> None:
    """Where the return address names the message, their server may take only the plain one: then
    that is used from now on, and the message is tried again."""
    if mailbox.plus_works:
        mailbox.plus_works = False
        mailbox.save(update_fields=["plus_works"])
    else:
        _pause(mailbox, answer, at=at)


def _pause(mailbox: Mailbox, answer: Answer, *, at: datetime) -> None:
    if _stop(mailbox, PAUSED, answer, at=at):
        ring_administrators(
            mailbox.workspace,
            says("Mail from one of your mailboxes is refused"),
            at=at,
        )


def _stop(mailbox: Mailbox, state: str, answer: Answer, *, at: datetime) -> bool:
    """Whether it is news."""
    rows = Mailbox.objects.filter(pk=mailbox.pk, state=WORKS)
    return rows.update(state=state, problem=str(answer)[:300], problem_since=at) == 1


def _is_about_us(answer: Answer) -> bool:
    return answer.enhanced.startswith("5.7.") or answer.code == 554
