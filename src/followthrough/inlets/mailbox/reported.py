"""What servers and programs report of mail that we sent: it came back, it waits, it was shown, or
somebody called it spam."""

from dataclasses import replace
from datetime import datetime, timedelta

from followthrough.core.facts import Bounced, Fact, OptedOut, TheyOpened
from followthrough.inlets.mailbox.known import Known
from followthrough.inlets.noticed import Bounce, Contact, Mail, Noticed, Returned

MOST_BOUNCED = 50
A_MOMENT = timedelta(seconds=1)


class Reports:
    """A report that nothing ties to us tells nothing: anybody can write one."""

    def __init__(self, known: Known, ours: frozenset[str]) -> None:
        self.known, self.ours = known, ours

    def of(self, mail: Mail) -> list[Noticed]:
        if mail.bounce is None or mail.at is None:
            return []
        if mail.verdict.kind in ("bounce", "delayed"):
            return self._came_back(mail, mail.bounce, mail.at)
        if mail.verdict.kind == "complaint":
            return self._to_whom(mail, mail.bounce, OptedOut(at=mail.at))
        if mail.verdict.kind == "read_receipt" and mail.bounce.shown:
            return self._to_whom(mail, mail.bounce, TheyOpened(at=mail.at))
        return []

    def _came_back(self, mail: Mail, told: Bounce, at: datetime) -> list[Noticed]:
        """Not for good only where we know which mail it is: servers give no other sign of it."""
        sent = self.known.first_of_ours(told.message_ids)
        noticed: dict[str, Noticed] = {}
        waits = mail.verdict.kind == "delayed"
        if waits and not sent:
            return []
        for one in told.recipients[:MOST_BOUNCED]:
            address = self._whom(one, sent) if one.final or waits else ""
            if address and address not in noticed:
                fact = Bounced(
                    at=self._after(at, sent), dead=one.meaning == "dead", final=not waits,
                    thread=self.known.thread_of(sent, ()) if sent else "",
                )  # fmt: skip
                noticed[address] = of_mail(mail, Contact(emails=(address,)), fact)
        return list(noticed.values())

    def _to_whom(self, mail: Mail, told: Bounce, fact: Fact) -> list[Noticed]:
        """About whoever got that mail; where several did, nobody can tell who it was."""
        sent = self.known.first_of_ours(told.message_ids)
        if not sent:
            return []
        written = [to for to in self.known.recipients_of(sent) if to not in self.ours]
        if len(written) != 1:
            return []
        fact = replace(fact, at=self._after(fact.at, sent))
        return [of_mail(mail, Contact(emails=(written[0],)), fact)]

    def _whom(self, one: Returned, sent: str) -> str:
        """The recipient as we wrote to them: servers may have made another address of it."""
        named = [address for address in (one.address, one.also) if address not in ("", *self.ours)]
        known = next((address for address in named if self.known.was_written_to(address)), "")
        if known or not sent:
            return known
        written = [to for to in self.known.recipients_of(sent) if to not in self.ours]
        return written[0] if len(written) == 1 else next(iter(named), "")

    def _after(self, at: datetime, sent: str) -> datetime:
        """Nothing comes back before it went out, whatever a server's clock says."""
        went_out = self.known.sent_at(sent) if sent else None
        return max(at, went_out + A_MOMENT) if went_out else at


def of_mail(mail: Mail, person: Contact, fact: Fact) -> Noticed:
    return Noticed(
        source=f"mail:{mail.key}", contact=person, fact=fact, title=mail.subject, body=mail.text,
        message_id=mail.message_id, references=mail.references,
    )  # fmt: skip
