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


@contextmanager
def in_plain_words(host: str, port: int) -> Iterator[None]:
    """Whatever the network or the server says comes out as Trouble."""
    try:
        yield
    except Trouble:
        raise
    except ssl.SSLCertVerificationError as error:
        why = says(NOT_ITS_OWN.template, host=host, why=error.verify_message or "?")
        raise Trouble(UNREACHABLE, why) from error
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
        raise Trouble(UNREACHABLE, says(NO_TLS.template, host=host, port=port)) from error
    except TimeoutError as error:
        raise Trouble(UNREACHABLE, says(TOO_SLOW.template, host=host)) from error
    except socket.gaierror as error:
        raise Trouble(UNREACHABLE, says(NOT_FOUND.template, host=host)) from error
    except (smtplib.SMTPAuthenticationError, LoginRefused) as error:
        raise Trouble(REFUSED, WRONG_PASSWORD) from error
    except (ConnectionRefusedError, smtplib.SMTPConnectError) as error:
        raise Trouble(UNREACHABLE, says(NO_ANSWER.template, host=host, port=port)) from error
    except (imaplib.IMAP4.abort, smtplib.SMTPServerDisconnected, EOFError) as error:
        raise Trouble(UNREACHABLE, says(HUNG_UP.template, host=host)) from error
    except (imaplib.IMAP4.error, smtplib.SMTPException, ValueError, IndexError) as error:
        raise Trouble(STRANGE, says(NO_SENSE.template, host=host)) from error
    except OSError as error:
        raise Trouble(UNREACHABLE, says(NO_ANSWER.template, host=host, port=port)) from error


class LoginRefused(Exception):
    """The server said no to a name and its password."""
