"""Mails given to a service by HTTP, with the same verbs as the lines to a mail server: the request
is the last byte, and before it nothing has left.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Any, Self

import requests
from anymail.exceptions import (
    AnymailError,
    AnymailRecipientsRefused,
    AnymailRequestsAPIError,
)
from urllib3.exceptions import NewConnectionError

from followthrough.channels.email.answers import OPENING, SIGNING_IN, WORDS, Answer
from followthrough.channels.email.lines import Mail
from followthrough.channels.email.services import Service, backend_of, put
from followthrough.channels.email.talk import NotSent

AT_ONCE = 3
TAKEN = {"sent", "queued"}
SECONDS = 60.0  # that a service may take for one mail; then nobody knows


class Posting:
    """`key` opens the service."""

    def __init__(self, service: Service, key: str, seconds: float = SECONDS) -> None:
        self.service, self.key, self.seconds = service, key, seconds
        self.staged: dict[int, tuple[Mail, Any]] = {}
        self.asked: dict[Future[Answer], int] = {}
        self._pool = ThreadPoolExecutor(AT_ONCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._pool.shutdown(wait=False, cancel_futures=True)

    def stage(self, mails: Sequence[Mail]) -> dict[int, NotSent]:
        """Whatever a service cannot be told is found before anything is."""
        refused = {}
        for mail in mails:
            try:
                made = put(self.service, mail.raw, mail.envelope)
                backend = self._backend(mail)
                backend.build_message_payload(made, backend.send_defaults).serialize_data()
            except Exception as error:
                refused[mail.id] = NotSent(WORDS, Answer(code=554, text=f"5.6.0 {error}"[:300]))
            else:
                self.staged[mail.id] = mail, made
        return refused

    def drop(self, ids: Collection[int]) -> None:
        for pk in ids:
            del self.staged[pk]

    def last_bytes(self) -> None:
        for pk, (mail, made) in self.staged.items():
            self.asked[self._pool.submit(self._post, mail, made)] = pk
        self.staged = {}

    def answers(self) -> Mapping[int, Answer]:
        """Those that have come; none once all have."""
        if not self.asked:
            return {}
        done, _ = wait(self.asked, return_when=FIRST_COMPLETED)
        return {self.asked.pop(one): one.result() for one in done}

    def _post(self, mail: Mail, made: Any) -> Answer:
        try:
            with self._backend(mail) as backend:
                backend.send_messages([made])
        except Exception as error:
            return answer_of(error)
        said = made.anymail_status
        if not said.status or not said.status <= TAKEN:
            return Answer(text=f"{self.service.name}: {said.status}")
        return Answer(code=250, text=f"{self.service.name}: {said.message_id}")

    def _backend(self, mail: Mail) -> Any:
        return backend_of(self.service, key=self.key, sender=mail.sender, seconds=self.seconds)


def answer_of(error: Exception) -> Answer:
    """In the words of mail. Only where it surely did not take the mail is that said."""
    said = " ".join(str(error).split())[:300]
    if isinstance(error, AnymailRecipientsRefused):
        return _refused(error, said)
    if isinstance(error, AnymailRequestsAPIError) and error.status_code:
        return _by_status(error.status_code, said)
    if isinstance(error, requests.RequestException) and _never_got_there(error):
        return Answer(code=451, text=f"4.4.1 {said}", stage=OPENING)
    if isinstance(error, AnymailError) and not isinstance(error, requests.RequestException):
        return Answer(code=554, text=f"5.6.0 {said}", stage=WORDS)
    return Answer(text=said)


def _refused(error: AnymailRecipientsRefused, said: str) -> Answer:
    status = getattr(getattr(error, "email_message", None), "anymail_status", None)
    if status is not None and "invalid" in (status.status or ()):
        return Answer(code=550, text=f"5.1.3 {said}")
    return Answer(code=550, text=f"5.2.1 {said}")  # it writes no more to there


def _by_status(status: int, said: str) -> Answer:
    if status in (401, 403):
        return Answer(code=535, text=f"5.7.8 {said}", stage=SIGNING_IN)
    if status == 429:
        return Answer(code=450, text=f"4.7.1 {said}")
    if status == 413:
        return Answer(code=552, text=f"5.3.4 {said}")
    if 400 <= status < 500:
        return Answer(code=550, text=f"5.7.1 {said}")
    return Answer(text=said)  # it may have taken it all the same


def _never_got_there(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    return any(isinstance(one, NewConnectionError) for one in _causes(error))


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        inner = next((one for one in error.args if isinstance(one, BaseException)), None)
        reason = getattr(error, "reason", None)
        error = error.__cause__ or (reason if isinstance(reason, BaseException) else inner)
    return found
