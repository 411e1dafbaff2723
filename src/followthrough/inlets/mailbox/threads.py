"""Which mails belong to one conversation: by the ids they answer, never by subject alone."""

from collections.abc import Iterable

from followthrough.inlets.mailbox.glimpse import of_mail
from followthrough.inlets.mailbox.known import Known
from followthrough.inlets.mailbox.remembered import Remembered
from followthrough.inlets.noticed import Mail


def threads(mails: Iterable[Mail]) -> dict[str, str]:
    """The thread of each mail, by their keys. A thread's name does not depend on the order.

    Mails that nobody has seen (ghost roots) join their answers all the same.
    """
    read, known = list(mails), Remembered()
    for mail in read:
        known.note(of_mail(mail))
    known.settle(frozenset())
    return {mail.key: thread_of(mail, known) for mail in read}


def thread_of(mail: Mail, known: Known) -> str:
    return known.thread_of(mail.message_id, mail.references) or f"key:{mail.key}"
