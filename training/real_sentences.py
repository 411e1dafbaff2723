"""Every sentence of the real mails and lists that the labels in promises.tsv were drawn from."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from followthrough.inlets.language.quoting import lines_of
from followthrough.inlets.language.sentences import sentences_of
from followthrough.inlets.mailbox import open_mail, parse
from followthrough.inlets.noticed import Mail

MAILS = (
    "mail_spamassassin/easy-ham-1",
    "mail_spamassassin/easy-ham-2",
    "mail_spamassassin/hard-ham-1",
    "mail_threads",
)
REPLIES = ("crisp_erp", "email_reply_trimmer/emails", "github_erp", "zapier_erp")
LIST = "intent/parakweet/Ask0729-fixed.txt"


def key(sentence: str) -> str:
    """The name of a sentence, whatever its spaces, capitals and punctuation."""
    words = " ".join(re.findall(r"[^\W_]+", sentence.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def sentences(data: Path) -> dict[str, str]:
    """Sentences by their key; `data` is the folder that holds the sets."""
    return {key(sentence): sentence for sentence in _all(data)}


def _all(data: Path) -> Iterator[str]:
    for text in _texts(data):
        yield from (sentence.text for sentence in sentences_of(lines_of(text)))
    for line in (data / LIST).read_text("utf-8").splitlines():
        yield line.split("\t", 1)[1]


def mails(data: Path) -> Iterator[Mail]:
    """The readable ones that are no spam."""
    for folder in MAILS:
        for _where, raw in open_mail(data / folder):
            mail = parse(raw)
            if isinstance(mail, Mail):
                yield mail


def _texts(data: Path) -> Iterator[str]:
    yield from (mail.text for mail in mails(data))
    for folder in REPLIES:
        for path in sorted((data / "mail_replies" / folder).glob("*.txt")):
            yield path.read_text("utf-8", "replace")
