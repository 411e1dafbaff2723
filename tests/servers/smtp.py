"""A mail server that does what it is told: it takes mail, or fails at any point in any way."""

import asyncio
import socket
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

HANG, DROP = "hang", "drop"  # instead of an answer
OFFERS = ("SIZE 1000000", "DSN", "8BITMIME", "AUTH PLAIN LOGIN XOAUTH2")


@dataclass
class Taken:
    sender: str
    recipient: str
    options: str
    raw: bytes

    @property
    def message_id(self):
        [line] = [one for one in self.raw.split(b"\r\n") if one.lower().startswith(b"message-id:")]
        return line.partition(b":")[2].strip().decode()


@dataclass
class Server:
    """`says` holds what it answers at a point, instead of yes: "greeting", "ehlo", "auth", "mail",
    "rcpt", "data", "dot", "quit". A value may be a list: one answer for each time, and then yes.
    HANG says nothing, DROP breaks the line; "taken, DROP" at the dot takes the mail before it does.
    """

    says: dict = field(default_factory=dict)
    offers: tuple = OFFERS
    taken: list = field(default_factory=list)
    asked: Counter = field(default_factory=Counter)
    at_the_dot: object = None  # called with the recipient
    port: int = 0
    _loop: object = None
    _lines: set = field(default_factory=set)

    def __enter__(self):
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=[ready], daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_why):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def mails_to(self, recipient):
        return [one for one in self.taken if one.recipient == recipient]

    def _run(self, ready):
        asyncio.run(self._serve(ready))

    async def _serve(self, ready):
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", self.port, limit=64 << 20)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._end.wait()
        server.close()
        for task in list(self._lines):
            task.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _talk(self, reader, writer):
        task = asyncio.current_task()
        self._lines.add(task)
        try:
            await Line(self, reader, writer).talk()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, EOFError):
            pass
        finally:
            self._lines.discard(task)
            with suppress(Exception):
                # Also where a process that was forked meanwhile still holds the same socket.
                writer.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
            with suppress(Exception):
                writer.transport.abort()
                await writer.wait_closed()

    def answer_at(self, point, otherwise):
        self.asked[point] += 1
        said = self.says.get(point, otherwise)
        if isinstance(said, list):
            said = said.pop(0) if said else otherwise
        return said(otherwise) if callable(said) else said


class Line:
    def __init__(self, server, reader, writer):
        self.server, self.reader, self.writer = server, reader, writer

    async def talk(self):
        await self.say("greeting", "220 here")
        while line := await self.line():
            word = line[:4].upper()
            if word == "QUIT":
                await self.say("quit", "221 bye")
                return
            if word == "AUTH":
                await self.sign_in(line)
            elif word == "DATA":
                if await self.say("data", "354 go on"):
                    await self.take()
            else:
                await self.do(word, line)

    async def do(self, word, line):
        if word == "EHLO":
            offers = ["250-here", *(f"250-{one}" for one in self.server.offers)]
            offers[-1] = offers[-1].replace("250-", "250 ", 1)
            await self.say("ehlo", "\r\n".join(offers))
        elif word == "MAIL":
            self.sender, self.options = self.address(line), line
            await self.say("mail", "250 ok")
        elif word == "RCPT":
            self.recipient = self.address(line)
            await self.say("rcpt", "250 ok")
        else:
            await self.say("other", "250 ok")

    async def sign_in(self, line):
        if line.upper() == "AUTH LOGIN":
            for prompt in ("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"):
                await self.write(prompt)
                await self.line()
        said = await self.say("auth", "235 welcome")
        if said and said.startswith("334"):
            await self.line()
            await self.write("535 5.7.8 expired")

    async def take(self):
        raw = b""
        while not raw.endswith(b"\r\n.\r\n"):
            some = await self.reader.readuntil(b"\r\n")
            raw = some if not raw and some == b".\r\n" else raw + some
        raw = raw.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        if self.server.at_the_dot:
            self.server.at_the_dot(self.recipient)
        said = self.server.answer_at("dot", "250 2.0.0 taken")
        kept = Taken(self.sender, self.recipient, self.options, raw)
        if said.startswith(("2", "taken")):
            self.server.taken.append(kept)
        await self.give(said.removeprefix("taken, "))

    async def say(self, point, otherwise):
        said = self.server.answer_at(point, otherwise)
        await self.give(said)
        return said if said[:3] in ("354", "334", "250") or said == otherwise else None

    async def give(self, said):
        if said == HANG:
            await asyncio.sleep(3600)
        if said == DROP:
            raise EOFError
        await self.write(said)

    async def write(self, said):
        self.writer.write(said.encode() + b"\r\n")
        await self.writer.drain()

    async def line(self):
        return (await self.reader.readuntil(b"\r\n")).decode().rstrip("\r\n")

    @staticmethod
    def address(line):
        return line.partition("<")[2].partition(">")[0]
