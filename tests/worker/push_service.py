"""A push service on this machine, and a browser that reads what it brings."""

import json
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from followthrough.ledger import devices
from followthrough.ledger.devices import Told


def text_of(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


class Service:
    """Answers as it is told to, and keeps what it was given."""

    def __init__(self):
        self.answers, self.calls = {}, []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.do_POST()

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                service.calls.append((self.path, dict(self.headers), body))
                self.send_response(service.answers.get(self.path, 201))
                self.end_headers()

            def log_message(self, *said):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Browser:
    """One device: it alone has the key to what it is sent."""

    def __init__(self, service, name="phone"):
        self.service, self.name = service, name
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        self.endpoint = f"{service.address}/{name}"

    def told(self):
        """As `JSON.stringify` writes a subscription."""
        keys = {"p256dh": text_of(self.point()), "auth": text_of(self.auth)}
        return json.dumps({"endpoint": self.endpoint, "expirationTime": None, "keys": keys})

    def point(self):
        public = self.private.public_key()
        return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def says_yes(self, member, at):
        key, auth = text_of(self.point()), text_of(self.auth)
        told = Told(endpoint=self.endpoint, key=key, auth=auth, name=self.name)
        return devices.add(member, told, at=at)

    def shows(self):
        """What stood on its lock screen, in order: title and text."""
        return [(one["title"], one["body"]) for one in self.read()]

    def read(self):
        mine = [body for path, _, body in self.service.calls if path == f"/{self.name}"]
        return [
            json.loads(http_ece.decrypt(one, private_key=self.private, auth_secret=self.auth))
            for one in mine
        ]  # fmt: skip
