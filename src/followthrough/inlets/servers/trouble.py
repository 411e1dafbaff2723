"""What goes wrong with a mail server, in words that say what to do."""

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from followthrough.core.saying import Saying, says

REFUSED, UNREACHABLE, STRANGE = "refused", "unreachable", "strange"

WRONG_PASSWORD = says(
    "The server does not accept this password. Please type it again; some providers want an app "
    "password, made in their security settings."
)
NOT_FOUND = says("There is no server called {host}. Please check how it is written.")
NO_ANSWER = says("{host} does not answer at port {port}. Please check the server and the port.")
TOO_SLOW = says("{host} did not answer in time. Please try again in a moment.")
NO_TLS = says("{host} cannot be spoken to in a protected way at port {port}. Try another port.")
NOT_ITS_OWN = says(
    "{host} shows a certificate that is not its own or is no longer valid ({why}). Nothing was "
    "sent to it. Check how the server is written, or ask whoever runs it."
)
HUNG_UP = says("{host} hung up. Please try again in a moment.")
NO_SENSE = says("What answers at {host} is no mail server, or speaks in a way that nobody expects.")


class Trouble(Exception):
    """`said` is for a person. REFUSED: only they can mend it, by another password."""

    def __init__(self, kind: str, said: Saying) -> None:
        super().__init__(str(said))
        self.kind, self.said = kind, said


class LoginRefused(Exception):
    """The server said no to a name and its password."""


Meanings = tuple[tuple[tuple[type[Exception], ...], str, Saying], ...]
# The first that fits, in this order: some are kinds of others.
_MEANINGS: Meanings = (
    ((ssl.SSLCertVerificationError,), UNREACHABLE, NOT_ITS_OWN),
    ((ssl.SSLError, smtplib.SMTPNotSupportedError), UNREACHABLE, NO_TLS),
    ((TimeoutError,), UNREACHABLE, TOO_SLOW),
    ((socket.gaierror, UnicodeError), UNREACHABLE, NOT_FOUND),
    ((smtplib.SMTPAuthenticationError, LoginRefused), REFUSED, WRONG_PASSWORD),
    ((ConnectionRefusedError, smtplib.SMTPConnectError), UNREACHABLE, NO_ANSWER),
    (
        (
            imaplib.IMAP4.abort,
            smtplib.SMTPServerDisconnected,
            EOFError,
            ConnectionResetError,
            ConnectionAbortedError,
            BrokenPipeError,
        ),
        UNREACHABLE,
        HUNG_UP,
    ),
    ((imaplib.IMAP4.error, smtplib.SMTPException), STRANGE, NO_SENSE),
    ((OSError,), UNREACHABLE, NO_ANSWER),
    ((ValueError, IndexError), STRANGE, NO_SENSE),
)


# imaplib takes an answer in another language for a connection that ended.
_GARBLED: Meanings = (((imaplib.IMAP4.abort,), STRANGE, NO_SENSE), *_MEANINGS)


@contextmanager
def in_plain_words(host: str, port: int) -> Iterator[None]:
    """Whatever the network or the server says comes out as Trouble."""
    try:
        yield
    except Trouble:
        raise
    except Exception as error:
        meanings = _GARBLED if "unexpected response" in str(error) else _MEANINGS
        for kinds, kind, said in meanings:
            if isinstance(error, kinds):
                why = str(getattr(error, "verify_message", "")) or "?"
                told = {"host": host, "port": port, "why": why}
                raise Trouble(kind, says(said.template, **told)) from error
        raise
