"""A language model of the tests: a real small HTTP server that answers as it was told, and notes
what it was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

PATIENCE = 5.0  # seconds that a slow answer lasts at most; who asked hangs up much sooner


class Model:
    """`says` is the content of the next answers; `body` all of it, `code` its number instead."""

    def __init__(self) -> None:
        self.says: Any = "Hello Ann, here is an idea."
        self.body: bytes | None = None
        self.code, self.slow = 200, False
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self.port, self.over = 0, Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answer(self) -> bytes:
        if self.body is not None:
            return self.body
        return json.dumps({"choices": [{"message": {"content": self.says}}]}).encode()


@contextmanager
def language_model() -> Iterator[Model]:
    model = Model()

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            model.asked.append(json.loads(body))
            model.keys.append(self.headers.get("Authorization"))
            model.paths.append(self.path)
            answer = model.answer()
            self.send_response(model.code)
            self.send_header("Content-Length", str(len(answer)))
            if model.code == 302:
                self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()
            if model.slow:
                model.over.wait(PATIENCE)
            else:
                self.wfile.write(answer)

        def log_message(self, *_args: Any) -> None:
            """The tests speak for themselves."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.daemon_threads = True
    model.port = server.server_port
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield model
    model.over.set()
    server.shutdown()
    server.server_close()
