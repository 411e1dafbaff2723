"""A mail server in a process of its own that takes everything at once."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def sink() -> Iterator[int]:
    """The port at which it listens."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=[theirs], daemon=True
    )
    process.start()
    try:
        yield int(ours.recv())
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Any) -> None:
    asyncio.run(_take_everything(pipe))


async def _take_everything(pipe: Any) -> None:
    server = await asyncio.get_running_loop().create_server(_Sink, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class _Sink(asyncio.Protocol):
    def connection_made(self, transport: Any) -> None:
        self.transport, self.held, self.words = transport, b"", False
        transport.write(b"220 here\r\n")

    def data_received(self, data: bytes) -> None:
        self.held += data
        while True:
            end = b"\r\n.\r\n" if self.words else b"\r\n"
            line, found, rest = self.held.partition(end)
            if not found:
                return
            self.held = rest
            self.transport.write(self._answer(line))

    def _answer(self, line: bytes) -> bytes:
        if self.words:
            self.words = False
            return b"250 2.0.0 taken\r\n"
        if line[:4].upper() == b"QUIT":
            return b"221 bye\r\n"
        self.words = line[:4].upper() == b"DATA"
        return b"354 go on\r\n" if self.words else b"250 ok\r\n"
