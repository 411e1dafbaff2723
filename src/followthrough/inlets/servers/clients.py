"""Clients that talk over a connection which was checked, to whoever the certificate names."""

import base64
import imaplib
import smtplib
import socket
import ssl
from typing import Any

from imap_tools import BaseMailBox

from followthrough.inlets.servers.places import STARTTLS, TLS, Server
from followthrough.inlets.servers.reach import reach
from followthrough.inlets.servers.trouble import LoginRefused
from followthrough.ledger.limit import Limit

PATIENCE = 30.0  # seconds for one answer
imaplib._MAXLINE = 4_000_000  # type: ignore[attr-defined] # the answer to a search is one line


class Imap(BaseMailBox):
    """`inside` says how far inside our network the server may lie; `seconds` is for one answer,
    `at_most` for all of them: a server that says a letter now and then would be heard for days."""

    def __init__(
        self, server: Server, *, inside: str = "", seconds: float = PATIENCE, at_most: float = 0
    ) -> None:
        self.server = server
        self._line = reach(server, inside=inside, seconds=seconds)
        self._limit = Limit(self._line, at_most)
        try:
            super().__init__()
        except BaseException:
            self._limit.over()
            self._line.close()
            raise

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(_protected(self._line, self.server))
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
        self._limit.over()
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


def _protected(line: socket.socket, server: Server) -> socket.socket:
    if server.security != TLS:
        return line
    return ssl.create_default_context().wrap_socket(line, server_hostname=server.host)


class Smtp(smtplib.SMTP):
    """Connected and protected; nobody has signed in yet."""

    def __init__(
        self, server: Server, *, inside: str = "", seconds: float = PATIENCE, at_most: float = 0
    ) -> None:
        self.server = server
        self._line = reach(server, inside=inside, seconds=seconds)
        self._limit = Limit(self._line, at_most)
        try:
            self._begin(seconds)
        except BaseException:
            self.close()
            raise

    def _begin(self, seconds: float) -> None:
        super().__init__(timeout=seconds)
        self._host = self.server.host  # whose certificate starttls() wants to see
        code, said = self.connect(self.server.host, self.server.port)
        if code != 220:  # RFC 5321: ready
            raise smtplib.SMTPConnectError(code, said)
        if self.server.security == STARTTLS:
            self.starttls(context=ssl.create_default_context())

    def close(self) -> None:
        self._limit.over()
        super().close()

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
        return _protected(self._line, self.server)
