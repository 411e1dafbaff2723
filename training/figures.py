"""python -m training.figures DATA: how well words are read, on real sentences and mails.

DATA is the folder that holds the sets. Tests hold these figures to what docs/noticing.md says.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from followthrough.inlets.language import findings, own_words
from followthrough.inlets.language.likeness import likeness, words_of
from training.intent import labelled, set_aside
from training.real_sentences import LIST, mails, sentences

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
LABELS = Path(__file__).with_name("promises.tsv")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Of `sentences`, `right` were rightly found; `proposed` were found, `wanted` should be."""

    sentences: int
    right: int
    proposed: int
    wanted: int
    auc: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / self.proposed

    @property
    def recall(self) -> float:
        return self.right / self.wanted

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.proposed + self.wanted)

    def __str__(self) -> str:
        auc = f", AUC {self.auc:.3f}" if self.auc else ""
        return (
            f"{self.sentences} sentences: precision {self.precision:.3f}, "
            f"recall {self.recall:.3f}, F1 {self.f1:.3f}{auc}"
        )


def asking(data: Path) -> Measured:
    """The model on the fifth of the sentences that it was not taught with."""
    kept = {sentence: asks for sentence, asks in labelled(data / LIST) if set_aside(sentence)}
    scores = [(likeness(sentence, words_of(sentence)), asks) for sentence, asks in kept.items()]
    yes = [score for score, asks in scores if asks]
    no = [score for score, asks in scores if not asks]
    pairs = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    return Measured(
        sentences=len(scores),
        right=sum(score >= 0.5 for score in yes),
        proposed=sum(score >= 0.5 for score, _ in scores),
        wanted=len(yes),
        auc=pairs / len(yes) / len(no),
    )


def labels(split: str) -> dict[str, bool]:
    """Whether the sentence of a key is a promise, for those of the split "tune" or "test"."""
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines()[1:]]
    return {key: label == "promise" for key, _begins, label, part in rows if part == split}


def promising(data: Path, split: str) -> Measured:
    """The rules for promises on sentences labelled by hand."""
    every, wanted = sentences(data), labels(split)
    proposed = {key for key in wanted if "we_promise" in kinds(every[key], by_us=True)}
    return Measured(
        sentences=len(wanted),
        right=sum(wanted[key] for key in proposed),
        proposed=len(proposed),
        wanted=sum(wanted.values()),
    )


def kinds(text: str, *, by_us: bool) -> Counter[str]:
    return Counter(one.kind for one in findings(text, at=AT, by_us=by_us))


def in_real_mails(data: Path) -> tuple[int, Counter[str]]:
    """How many mails of good people there are, and how many of them hold each kind."""
    held = [kinds(mail.text, by_us=False) for mail in mails(data)]
    return len(held), Counter(kind for kinds_held in held for kind in set(kinds_held))


def replies(data: Path) -> list[tuple[str, str, str]]:
    """File, what was trimmed by hand, and what we make of it."""
    folder = data / "mail_replies" / "email_reply_trimmer"
    return [
        (path.name, _text(folder / "trimmed" / path.name), own_words(_text(path)))
        for path in sorted((folder / "emails").iterdir())
    ]


def _text(path: Path) -> str:
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def main(data: Path) -> None:
    exact = [trimmed == ours for _, trimmed, ours in replies(data)]
    count, found = in_real_mails(data)
    lines = [
        f"asks, on the fifth set aside: {asking(data)}",
        f"promises, labelled to tune: {promising(data, 'tune')}",
        f"promises, labelled to test: {promising(data, 'test')}",
        f"replies trimmed exactly: {sum(exact)} of {len(exact)}",
        f"of {count} real mails that are not spam: "
        + ", ".join(f"{kind} {number}" for kind, number in found.most_common()),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
