"""python -m training.intent FILE: learns what a sentence that asks looks like.

FILE is Ask0729-fixed.txt of ParakweetLabs/EmailIntentDataSet (Apache-2.0): label, tab, sentence.
A fifth of the sentences, by a hash of their words, is never looked at here: the test of the model
measures on it. Needs the dependency group "train".
"""

import hashlib
import re
import sys
from pathlib import Path

from followthrough.inlets.language.likeness import features, words_of

OUT = Path(__file__).parents[1] / "src/followthrough/inlets/language/asking.tsv"
STRENGTH = 10.0  # how little the weights are held back; found by tenfold cross-validation
LEAST_SEEN = 2  # a feature seen in one sentence only teaches that sentence


def set_aside(sentence: str) -> bool:
    """Whether it belongs to the fifth that is kept for the test."""
    words = " ".join(re.findall(r"[^\W_]+", sentence.casefold()))
    return int(hashlib.sha256(words.encode()).hexdigest()[:8], 16) % 5 == 0


def labelled(path: Path) -> list[tuple[str, bool]]:
    """Sentences and whether they ask."""
    lines = (line.split("\t", 1) for line in path.read_text("utf-8").splitlines())
    return [(sentence, label == "Yes") for label, sentence in lines]


def main(path: Path) -> None:
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415 - for training only
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.model_selection import StratifiedKFold, cross_val_score  # noqa: PLC0415

    seen = [(sentence, asks) for sentence, asks in labelled(path) if not set_aside(sentence)]
    found = [features(sentence, words_of(sentence)) for sentence in dict(seen)]
    rows = [dict.fromkeys(one, len(one) ** -0.5) for one in found]
    asks = list(dict(seen).values())
    names = DictVectorizer()
    table = names.fit_transform(rows)
    often = (table != 0).sum(axis=0).A1 >= LEAST_SEEN
    table = table[:, often]
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    folds = StratifiedKFold(10, shuffle=True, random_state=1)
    for measure in ("roc_auc", "f1"):
        scores = cross_val_score(model, table, asks, cv=folds, scoring=measure)
        sys.stdout.write(f"{measure}, tenfold on what is not set aside: {scores.mean():.3f}\n")
    model.fit(table, asks)
    kept = names.get_feature_names_out()[often]
    lines = [f"{model.intercept_[0]:.3f}\t(bias)"]
    lines += [f"{w:.2f}\t{n}" for n, w in zip(kept, model.coef_[0], strict=True) if abs(w) >= 0.05]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{len(lines)} weights, {OUT.stat().st_size} bytes: {OUT}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
