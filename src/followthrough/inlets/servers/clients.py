"""Clients that talk over a connection which was checked, to whoever the certificate names."""

import base64
import imaplib
import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from typing import Any

from imap_tools import BaseMailBox

from followthrough.inlets.servers.places import STARTTLS, TLS, Server
from followthrough.inlets.servers.reach import reach
from followthrough.inlets.servers.trouble import LoginRefused

PATIENCE = 30.0  # seconds for one answer
imaplib._MAXLINE = 4_000_000  # type: ignore[attr-defined] # the answer to a search is one line


class Imap(BaseMailBox):
    """`inside` says how far inside our network the server may lie; `seconds` is for one answer,
    `at_most` for all of them: a server that says a letter now and then would be heard for days."""

    def __init__(
        self, server: Server, *, inside: str = "", seconds: float = PATIENCE, at_most: float = 0
    ) -> None:
        self.server, self.inside, self.seconds, self.at_most = server, inside, seconds, at_most
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(_socket(self.server, self.inside, self.seconds, self.at_most))
        if self.server.security == STARTTLS:
            client.starttls(ssl.create_default_context(), self.server.host)
        return client

    def sign_in(self, name: str, password: str) -> None:
        """Names and passwords may hold any letter."""
        try:
            if "AUTH=PLAIN" in self.client.capabilities:
                said = f"\0{name}\0{password}".encode()
                self.client.authenticate("PLAIN", lambda _asked: said)
            else:
                self.client.login(name, password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise LoginRefused from error

    def sign_in_by_token(self, name: str, token: str) -> None:
        """XOAUTH2. Where the server says why not, it waits for an empty line."""
        said = [_bearer(name, token)]
        try:
            self.client.authenticate("XOAUTH2", lambda _asked: said.pop() if said else b"")
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise LoginRefused from error

    def hang_up(self) -> None:
        """Without waiting for a good-bye."""
        try:
            self.client.shutdown()
        except OSError:
            return


class _Client(imaplib.IMAP4):
    def __init__(self, line: socket.socket) -> None:
        self._line = line
        super().__init__("")

    def _create_socket(self, timeout: Any = None) -> socket.socket:  # noqa: ARG002 - as it was made
        return self._line

    def starttls(self, context: Any = None, host: str = "") -> Any:
        """As imaplib does it, with the name that the certificate has to bear."""
        self.host = host
        return super().starttls(context)


def _bearer(name: str, token: str) -> bytes:
    return f"user={name}\x01auth=Bearer {token}\x01\x01".encode()


def _socket(server: Server, inside: str, seconds: float, at_most: float = 0) -> socket.socket:
    line = reach(server, inside=inside, seconds=seconds)
    if at_most:
        ends = threading.Timer(at_most, cut, [line.dup()])
        ends.daemon = True
        ends.start()
    if server.security != TLS:
        return line
    return ssl.create_default_context().wrap_socket(line, server_hostname=server.host)


def cut(line: socket.socket) -> None:
    """`line` is a second hold on a connection: whoever waits at the first one waits no more."""
    with suppress(OSError), line:
        line.shutdown(socket.SHUT_RDWR)


class Smtp(smtplib.SMTP):
    """Connected and protected; nobody has signed in yet."""

    def __init__(
        self, server: Server, *, inside: str = "", seconds: float = PATIENCE, at_most: float = 0
    ) -> None:
        self.server, self.inside, self.at_most = server, inside, at_most
        super().__init__(timeout=seconds)
        self._host = server.host  # whose certificate starttls() wants to see
        code, said = self.connect(server.host, server.port)
        if code != 220:  # RFC 5321: ready
            raise smtplib.SMTPConnectError(code, said)
        if server.security == STARTTLS:
            self.starttls(context=ssl.create_default_context())

    def sign_in(self, name: str, password: str) -> None:
        """smtplib writes ASCII alone."""
        if f"{name}{password}".isascii():
            self.login(name, password)
            return
        self.ehlo_or_helo_if_needed()
        said = base64.b64encode(f"\0{name}\0{password}".encode()).decode()
        code, answer = self.docmd("AUTH", f"PLAIN {said}")
        if code != 235:  # RFC 4954: you are who you say
            raise smtplib.SMTPAuthenticationError(code, answer)

    def sign_in_by_token(self, name: str, token: str) -> None:
        said = [_bearer(name, token).decode()]
        self.ehlo_or_helo_if_needed()
        self.auth("XOAUTH2", lambda _asked=None: said.pop() if said else "")

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        return _socket(self.server, self.inside, timeout, self.at_most)
