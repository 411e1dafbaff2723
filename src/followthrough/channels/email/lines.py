"""Several talks with one server side by side: one commit hands over what all have staged."""

import asyncio
from collections.abc import Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from followthrough.channels.email.answers import OPENING, Answer
from followthrough.channels.email.talk import Account, NotSent, Patience, Talk

SOON = 3.0  # seconds that answers are waited for together


@dataclass(frozen=True, kw_only=True)
class Mail:
    id: int
    sender: str
    recipient: str
    envelope: str
    raw: bytes


class Lines:
    """Each line takes one mail at a time, and the next one when that is answered."""

    def __init__(self, account: Account, patience: Patience) -> None:
        self.account, self.patience = account, patience
        self.idle: list[Talk] = []
        self.staged: dict[int, Talk] = {}
        self.asked: dict[int, asyncio.Task[Answer]] = {}
        self._loop = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Whatever is staged and has no answer yet is dropped."""
        self.drop(list(self.staged))
        if error is None:
            self._all([talk.leave() for talk in self.idle])
        for talk in self.idle:
            talk.drop()
        self._all([asyncio.sleep(0)])  # the lines are let go in the next round of the loop
        self._loop.close()

    def stage(self, mails: Sequence[Mail]) -> dict[int, NotSent]:
        """Those that could not be staged, and why."""
        results = self._all([self._stage(mail) for mail in mails])
        return {mail.id: why for mail, why in zip(mails, results, strict=True) if why is not None}

    def drop(self, ids: Collection[int]) -> None:
        """Surely not sent."""
        for pk in ids:
            self.staged.pop(pk).drop()

    def last_bytes(self) -> None:
        """Of all that is staged."""
        self._all([talk.last_byte() for talk in self.staged.values()])

    def answers(self) -> Mapping[int, Answer]:
        """Those that have come; none once all have. The quick ones do not wait for a slow one."""
        return self._loop.run(self._come())

    async def _come(self) -> dict[int, Answer]:
        for pk in self.staged.keys() - self.asked.keys():
            self.asked[pk] = asyncio.create_task(self.staged[pk].answer())
        if not self.asked:
            return {}
        waited = self.asked.values()
        done, _ = await asyncio.wait(waited, timeout=SOON)
        if not done:
            done, _ = await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        ids = [pk for pk, task in self.asked.items() if task in done]
        talks = [self.staged.pop(pk) for pk in ids]
        self.idle += [talk for talk in talks if not talk.spoilt]
        return {pk: self.asked.pop(pk).result() for pk in ids}

    async def _stage(self, mail: Mail) -> NotSent | None:
        idle = self.idle.pop() if self.idle else None
        try:
            # A line that stood idle may be dead: then the mail gets one of its own.
            if idle is None or await self._is_closed(idle, mail):
                await self._on(await Talk.begin(self.account, self.patience), mail)
        except NotSent as why:
            return why
        except asyncio.CancelledError:
            raise
        except Exception as error:  # before the last byte all the same: surely not sent
            return NotSent(OPENING, Answer(text=str(error)[:300]))
        return None

    async def _is_closed(self, talk: Talk, mail: Mail) -> bool:
        try:
            await self._on(talk, mail)
        except NotSent as why:
            if why.answer.code not in (0, 421):
                raise
            return True
        return False

    async def _on(self, talk: Talk, mail: Mail) -> None:
        await talk.stage(
            sender=mail.sender, recipient=mail.recipient, envelope=mail.envelope, raw=mail.raw
        )
        self.staged[mail.id] = talk

    def _all(self, works: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
        async def together() -> list[Any]:
            return await asyncio.gather(*works)

        return self._loop.run(together())


def can_sign_in(account: Account, patience: Patience) -> NotSent | None:
    """Whether the server lets us in: None, or why not."""

    async def attempt() -> NotSent | None:
        try:
            talk = await Talk.begin(account, patience)
        except NotSent as why:
            return why
        await talk.leave()
        return None

    return asyncio.run(attempt())
