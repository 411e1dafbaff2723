"""Sentences that ask us for something: a small model for English, cues for other languages."""

import re
from collections.abc import Iterator

from followthrough.inlets.language.cues import Said, cues, family
from followthrough.inlets.language.likeness import likeness
from followthrough.inlets.noticed import Finding

ASKS_FROM = 0.5

# They name what the model found; they do not decide.
_ENGLISH = family(
    cues(
        ("please", "please pls kindly", r"\b(?:please|pls|kindly)\b"),
        (
            "could you",
            "you u anyone",
            r"\b(?:can|could|would|will|do|did|have|are) (?:you|u|anyone)\b",
        ),
        ("let me know", "let", r"\blet (?:me|us) know\b"),
        (
            "I need",
            "need needed require",
            r"\b(?:I|we)(?:’ll| will| would)? (?:need|needed|require)\b",
        ),
        (
            "I’d like",
            "like love appreciate",
            r"\b(?:I|we)(?:’d| would) (?:\w+ )?(?:like|love|appreciate)\b",
        ),
        ("send me", "send give call", r"\b(?:send|give|call|tell|show|e-?mail) (?:me|us)\b"),
        ("looking for", "looking searching", r"\b(?:looking|searching) for\b"),
    )
)
_POLITE = re.compile(
    r"\b(?:any (?:further |more |other )?questions|hesitate|unsubscribe|click|feel free|no longer wish"
    r"|find attached|see attached|find enclosed|accept (?:my|our) apologies|how are you)\b"
    r"|veuillez (?:trouver|agréer|recevoir)|stehen? .{0,40}zur verfügung|quedo a su disposición",
    re.IGNORECASE,
)
_ABROAD = family(
    cues(
        (
            "könnten Sie",
            "könnten können könntest kannst könnt würden würdest",
            r"\b(?:könnten|können|könntest|kannst|könnt|würden|würdest) (?:sie|du|ihr)\b",
        ),
        (
            "bitte",
            "bitte bitten",
            r"^bitte\b|\b(?:sie|ihr) (?:mir|uns)?\b.{0,40}\bbitte\b|\b(?:wir|ich) bitten?\b.{0,10}\bum\b",
        ),
        (
            "ich bräuchte",
            "bräuchte brauche brauchen benötige benötigen bräuchten hätte hätten suche suchen",
            r"\b(?:ich|wir) (?:bräuchten?|brauchen?|benötigen?|hätten? gerne?|suchen?)\b",
        ),
        (
            "ich möchte",
            "möchte möchten",
            r"\b(?:ich|wir) (?:möchten?)\b.{0,120}\b(?:bestellen|kaufen|wissen|anfragen|buchen|mieten|haben|erhalten|bitten|vereinbaren)\b",
        ),
        (
            "pouvez-vous",
            "pouvez pourriez pourrais peux auriez avez serait est",
            r"\b(?:pouvez|pourriez|auriez|avez)[- ]vous\b|\b(?:peux|pourrais)[- ]tu\b|\b(?:serait|est)[- ]il possible\b",
        ),
        (
            "merci de",
            "merci veuillez",
            r"\bmerci (?:de|d’)\b(?! votre| vos| ta| ton| m’avoir| nous avoir)|\bveuillez\b",
        ),
        (
            "je voudrais",
            "voudrais souhaite souhaiterais souhaitons cherche cherchons aimerais besoin",
            r"\b(?:je|nous) (?:voudrais|souhaite|souhaiterais|souhaitons|cherche|cherchons)\b|\bj’aimerais\b|\b(?:j’ai|nous avons) besoin\b",
        ),
        (
            "podría",
            "podría podrías puede puedes podrían podéis",
            r"\b(?:podría|podrías|puede|puedes|podrían|podéis)\b.{0,60}\b\w+(?:me|nos|ar|er|ir)\b",
        ),
        (
            "necesito",
            "necesito necesitamos busco buscamos quisiera gustaría agradecería",
            r"\b(?:necesito|necesitamos|busco|buscamos|quisiera|me gustaría|nos gustaría|agradecería)\b",
        ),
    )
)
_WH = frozenset(
    [
        "who",
        "what",
        "when",
        "where",
        "why",
        "how",
        "which",
        "is",
        "are",
        "was",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "may",
        "have",
        "has",
        "any",
        "wer",
        "was",
        "wann",
        "wo",
        "wie",
        "warum",
        "welche",
        "welcher",
        "welches",
        "gibt",
        "haben",
        "ist",
        "sind",
        "kann",
        "qui",
        "que",
        "quoi",
        "quand",
        "où",
        "comment",
        "combien",
        "quel",
        "quelle",
        "est",
        "avez",
        "qué",
        "cuándo",
        "dónde",
        "cómo",
        "cuánto",
        "cuánta",
        "cuál",
        "hay",
        "tienen",
        "es",
        "you",
        "your",
        "i",
        "we",
    ]
)


def asks(said: Said) -> Iterator[Finding]:
    """At most one a sentence; `sure` is the model's own where the model decides."""
    if _POLITE.search(said.text):
        return
    like = likeness(said.text, said.words)
    abroad = _ABROAD.first(said)
    if abroad:
        yield said.finding("asks", abroad[0].name, max(like, 0.8))
    elif _a_question(said):
        named = _ENGLISH.first(said)
        yield said.finding("asks", named[0].name if named else "a question", max(like, 0.6))
    elif like >= ASKS_FROM:
        named = _ENGLISH.first(said)
        yield said.finding("asks", named[0].name if named else "reads like a request", like)


def _a_question(said: Said) -> bool:
    return (
        said.text.endswith("?")
        and 3 <= len(said.words) <= 40
        and not _WH.isdisjoint(said.vocabulary)
    )
