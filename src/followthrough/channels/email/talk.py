"""One talk with a mail server, in stages: up to the last byte of a mail, and only then that byte.

`smtplib` raises the same for a line that broke before and after the last byte: the one was surely
not sent, of the other nobody knows.
"""

import asyncio
import base64
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from followthrough.channels.email.answers import (
    FROM,
    NOTHING,
    OPENING,
    SIGNING_IN,
    TO,
    WORDS,
    Answer,
)

TLS, STARTTLS = "tls", "starttls"
MOST_LINES = 200  # of one answer
BROKEN = (OSError, EOFError, TimeoutError, ValueError)  # ValueError: a line without an end


@dataclass(frozen=True, kw_only=True)
class Account:
    """`by_token`: `secret` is an access token (XOAUTH2), and not a password. `connect` makes a
    connection within so many seconds: whoever hands it in has looked where the name leads."""

    connect: Callable[[float], socket.socket]
    host: str
    port: int
    security: str = TLS
    username: str = ""
    secret: str = ""
    by_token: bool = False


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds. After the last byte a server may think for ten minutes (RFC 5321, 4.5.3.2): less
    patience makes doubts and nothing else."""

    opening: float = 30
    command: float = 60
    words: float = 120
    answer: float = 600


class NotSent(Exception):
    """Surely not: it ended before the last byte. `stage` is where, `answer` what was said."""

    def __init__(self, stage: str, answer: Answer = NOTHING) -> None:
        super().__init__(f"{stage}: {answer}")
        self.stage, self.answer = stage, answer


class Talk:
    """Begin, then stage, last_byte and answer for each mail in turn; drop at any moment."""

    def __init__(self, account: Account, patience: Patience) -> None:
        self.account, self.patience = account, patience
        self.offers: dict[str, str] = {}
        self.spoilt = False  # nothing more can be said on this line
        self._in: asyncio.StreamReader
        self._out: asyncio.StreamWriter

    @classmethod
    async def begin(cls, account: Account, patience: Patience) -> Self:
        """Connected and let in."""
        talk = cls(account, patience)
        try:
            async with asyncio.timeout(patience.opening):
                await talk._open()
            await talk._sign_in()
        except BROKEN as error:
            talk.drop()
            raise NotSent(OPENING, _said_by(error)) from error
        except NotSent:
            talk.drop()
            raise
        return talk

    async def stage(self, *, sender: str, recipient: str, envelope: str, raw: bytes) -> None:
        """Everything but the last byte: a server that sees the line break drops it all."""
        stage, spoilt, self.spoilt = FROM, True, True
        try:
            self._fits(raw)
            told = "DSN" in self.offers
            await self._say(
                f"MAIL FROM:<{sender}>" + (f" RET=HDRS ENVID={envelope}" if told else ""), 250, FROM
            )
            stage = TO
            await self._say(
                f"RCPT TO:<{recipient}>" + (" NOTIFY=FAILURE,DELAY" if told else ""), 25, TO
            )
            stage = WORDS
            await self._say("DATA", 354, WORDS)
            self._out.write(_dotted(raw))
            async with asyncio.timeout(self.patience.words):
                await self._out.drain()
            spoilt = False
        except BROKEN as error:
            raise NotSent(stage, _said_by(error)) from error
        finally:
            self.spoilt = spoilt
            if spoilt:
                self.drop()

    async def last_byte(self) -> None:
        """From here on it may have been sent."""
        self._out.write(b"\r\n.\r\n")
        try:
            async with asyncio.timeout(self.patience.command):
                await self._out.drain()
        except BROKEN:
            self.spoilt = True

    async def answer(self) -> Answer:
        """What the server says to the whole mail; whatever goes wrong here leaves it in doubt."""
        try:
            answer = await self._heard(self.patience.answer)
        except BROKEN as error:
            self.drop()
            return _said_by(error)
        if not 200 <= answer.code < 600 or answer.code == 421:
            self.drop()
        return answer

    async def leave(self) -> None:
        """Politely. What goes wrong here concerns no mail."""
        try:
            self._out.write(b"QUIT\r\n")
            await self._heard(1)
        except BROKEN:
            pass
        self.drop()

    def drop(self) -> None:
        """Without the last byte nothing of the mail that is staged is sent."""
        self.spoilt = True
        if hasattr(self, "_out"):
            self._out.transport.abort()

    # --- opening -----------------------------------------------------------------------------

    async def _open(self) -> None:
        account = self.account
        line = await asyncio.to_thread(account.connect, self.patience.opening)
        tls: dict[str, Any] = {}
        if account.security == TLS:
            tls = {"ssl": ssl.create_default_context(), "server_hostname": account.host}
        self._in, self._out = await asyncio.open_connection(sock=line, **tls)
        await self._expect(220, OPENING)
        await self._hello()
        if account.security == STARTTLS:
            await self._say("STARTTLS", 220, OPENING)
            if self._in._buffer:  # type: ignore[attr-defined]  # said before it was private
                raise NotSent(OPENING, Answer(text="It spoke before the line was private."))
            await self._out.start_tls(ssl.create_default_context(), server_hostname=account.host)
            await self._hello()

    async def _hello(self) -> None:
        here = self._out.get_extra_info("sockname")[0]
        literal = f"[IPv6:{here}]" if ":" in here else f"[{here}]"
        said = await self._say(f"EHLO {literal}", 250, OPENING)
        pairs = (line.partition(" ") for line in said.text.split("\n")[1:])
        self.offers = {name.upper(): more for name, _, more in pairs}

    async def _sign_in(self) -> None:
        account = self.account
        ways = self.offers.get("AUTH", "").upper().split()
        if not account.secret or not ways:
            return
        if account.by_token:
            await self._by_token()
        elif "PLAIN" in ways or "LOGIN" not in ways:
            both = _coded(f"\0{account.username}\0{account.secret}")
            await self._say(f"AUTH PLAIN {both}", 235, SIGNING_IN)
        else:
            await self._say("AUTH LOGIN", 334, SIGNING_IN)
            await self._say(_coded(account.username), 334, SIGNING_IN)
            await self._say(_coded(account.secret), 235, SIGNING_IN)

    async def _by_token(self) -> None:
        account = self.account
        bearer = f"user={account.username}\x01auth=Bearer {account.secret}\x01\x01"
        try:
            await self._say(f"AUTH XOAUTH2 {_coded(bearer)}", 235, SIGNING_IN)
        except NotSent as refused:
            if refused.answer.code == 334:  # it says why, and waits for an empty line
                await self._say("", 235, SIGNING_IN)
            raise

    # --- words -----------------------------------------------------------------------------

    def _fits(self, raw: bytes) -> None:
        most = self.offers.get("SIZE", "")
        if most.isdigit() and 0 < int(most) < len(raw):
            raise NotSent(TO, Answer(code=552, text=f"5.3.4 The server takes {most} bytes"))

    async def _say(self, line: str, code: int, stage: str) -> Answer:
        self._out.write(f"{line}\r\n".encode("ascii"))
        return await self._expect(code, stage)

    async def _expect(self, code: int, stage: str) -> Answer:
        answer = await self._heard(self.patience.command)
        if not str(answer.code).startswith(str(code)):
            raise NotSent(stage, answer)
        return answer

    async def _heard(self, seconds: float) -> Answer:
        async with asyncio.timeout(seconds):
            return await self._read_answer()

    async def _read_answer(self) -> Answer:
        lines: list[str] = []
        for _ in range(MOST_LINES):
            line = (await self._in.readline()).decode("utf-8", "replace")
            if not line.endswith("\n"):
                raise EOFError("The line broke.")
            lines.append(line[4:].strip())
            if not line[:3].isdigit():
                return Answer(text=line.strip()[:300])
            if line[3:4] != "-":
                return Answer(code=int(line[:3]), text="\n".join(lines))
        raise ValueError("An answer without an end.")


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _dotted(raw: bytes) -> bytes:
    """Without the line end before the dot, which goes with the dot."""
    body = raw.removesuffix(b"\r\n").replace(b"\r\n.", b"\r\n..")
    return b"." + body if body.startswith(b".") else body


def _said_by(error: BaseException) -> Answer:
    return Answer(text=str(error)[:300] or type(error).__name__)
