"""Sentences in which the writer says: I will do it. Precision before recall."""

import re
from collections.abc import Iterator
from datetime import datetime

from followthrough.inlets.language.cues import Said, cues, family
from followthrough.inlets.language.naming_days import day_named
from followthrough.inlets.noticed import Finding

_SOON = r"(?:(?:also|then|now|just|certainly|definitely|of course|personally|gladly|happily|soon|still|try (?:to|and)|go ahead and|be sure to|make sure to) )*?"
_ACT = (
    r"(?P<verb>send|resend|forward|e-?mail|mail|call|phone|ring|text|write|reply|respond|answer"
    r"|get (?:back(?! to (?:full|normal|work|business|the |my |sleep))|you|him|her|them|it|this|that|an?|the|in touch|started|with|\w+ to (?=\w+ ))"
    r"|let (?:you|him|her|them|everyone|everybody|all) know|keep you|follow up|check|double-check"
    r"|look (?:into|at|for|up|over|through)|also look into|find|ask|review|take (?:care|a look|it up|this)"
    r"|provide|prepare|draft|fix|post|upload|add|update|confirm|arrange|set up|schedule|book"
    r"|order|ship|deliver|bring|drop|pick|pass|give (?:you|it|him|her|them)|return|revoke"
    r"|open an?|investigate|work on|make sure|ensure|sort|handle|deal with|contact|speak (?:to|with)"
    r"|talk to|discuss (?:it |this )?with you|have (?:my|our|him|her|them) (?=\w+ )|address your"
    r"|come (?:back to|by)|be (?:in touch|getting (?:with|back)|back in touch|sending|calling)"
    r"|run (?:it|this) by|see (?:to it|what I can|what we can)|(?:get|have) (?:it|this) (?:done|ready)"
    r"|report|submit|file|replace|refund|repair|install|finish|complete|share(?! with you an?\b)|tell (?:him|her|them))\b"
)
_FIRST = (
    r"(?<![\"'“‘]\b)\b(?P<who>I|we)(?P<how>’ll| will| shall|’m going to| am going to| are going to|’re going to"
    r"| can promise to| promise to) "
)
ENGLISH = cues(
    ("I’ll", "i i'll we we'll i'm we're", _FIRST + _SOON + _ACT),
    (
        "I’ll",
        "will shall",
        r"\b(?:\w+ and (?P<who>I)) (?P<how>will|shall) " + _SOON + _ACT,
    ),
    ("will do", "will", r"^(?:ok(?:ay)?,? |sure,? |yes,? )?will (?P<verb>do|send|call|check)\b"),
)
GERMAN = cues(
    (
        "ich melde mich",
        "melde melden",
        r"\b(?:ich|wir)? ?(?:melden?) (?:ich |wir )?(?:mich|uns)\b",
    ),
    (
        "ich schicke",
        "schicke schicken sende senden maile mailen liefere liefern erstelle erstellen kläre klären"
        " prüfe prüfen kümmere kümmern informiere informieren antworte antworten bringe bringen"
        " bestelle bestellen leite leiten reiche reichen bereite bereiten frage fragen",
        r"\b(?:(?:ich|wir) (?P<verb>schicken?|senden?|mailen?|liefern?|erstellen?|klären?|prüfen?"
        r"|kümmern?|informieren?|antworten?|bringen?|bestellen?|leiten?|reichen?|bereiten?"
        r"|fragen?)|(?:schicke|sende|maile|liefere|erstelle|kläre|prüfe|kümmere|bringe|leite"
        r"|schicken|senden|liefern|erstellen|klären|prüfen|kümmern) (?:ich|wir)) (?!sie\?)",
    ),
    ("ich rufe an", "rufe rufen", r"\b(?:(?:ich|wir) rufen?|rufen? (?:ich|wir)) .{0,60}\ban\b"),
    ("ich gebe Bescheid", "gebe geben bescheid", r"\b(?:gebe|geben) .{0,50}\bBescheid\b"),
    (
        "ich werde",
        "werde werden",
        r"\b(?:(?:ich|wir) (?:werde|werden)|(?:werde|werden) (?:ich|wir))\b(?!.{0,30}\bnicht\b).{0,120}"
        r"(?:melden|schicken|senden|anrufen|liefern|prüfen|klären|informieren|antworten|bringen"
        r"|nachreichen|weiterleiten|bestellen|kümmern|erstellen|mitteilen|zukommen lassen)\b",
    ),
    (
        "Sie hören von uns",
        "hören erhalten bekommen",
        r"\bSie (?:hören|erhalten|bekommen)\b.{0,60}\b(?:von (?:mir|uns)|bis|am|morgen|heute)\b",
    ),
)
FRENCH = cues(
    (
        "je vous envoie",
        "je nous j",
        r"\b(?:je|nous) (?:te|vous|lui|leur) (?P<verb>envoie|enverrai|envoyons|enverrons|appelle"
        r"|appellerai|rappelle|rappellerai|rappellerons|rappelons|tiens au courant|tiendrai"
        r"|tiendrons|recontacterai|recontacterons|recontacte|contacterai|contacterons|réponds"
        r"|répondrai|répondrons|transmets|transmettrai|transmettrons|ferai|ferons|fais parvenir"
        r"|prépare|préparerai|livrerai|livrerons)\b",
    ),
    (
        "je reviens vers vous",
        "reviens reviendrai reviendrons revenons occupe occuperai",
        r"\b(?:je reviens|je reviendrai|nous revenons|nous reviendrons) vers (?:vous|toi)"
        r"|\bje m’en (?:occupe|occuperai)\b",
    ),
)
SPANISH = cues(
    (
        "le enviaré",
        "enviaré enviaremos mandaré mandaremos llamaré llamaremos escribiré escribiremos"
        " responderé responderemos contestaré contestaremos avisaré avisaremos confirmaré"
        " confirmaremos informaré informaremos envío mando llamo aviso",
        r"\b(?P<verb>enviar(?:é|emos)|mandar(?:é|emos)|llamar(?:é|emos)|escribir(?:é|emos)"
        r"|responder(?:é|emos)|contestar(?:é|emos)|avisar(?:é|emos)|confirmar(?:é|emos)"
        r"|informar(?:é|emos))\b|\b(?:te|le|les|os) (?:envío|mando|llamo|aviso)\b",
    ),
    (
        "me pondré en contacto",
        "pondré pondremos mantendré mantendremos",
        r"\b(?:me pondré|nos pondremos) en contacto\b|\bmantendr(?:é|emos)\b",
    ),
)
_LANGUAGES = (
    (family(ENGLISH), "en"),
    (family(GERMAN), "de"),
    (family(FRENCH), "fr"),
    (family(SPANISH), "es"),
)

# What turns a promise into something else, where it stands before it.
_DOUBT_BEFORE = re.compile(
    r"\b(?:if|unless|otherwise|whether|in case|should you|maybe|perhaps|probably|might|i (?:think|"
    r"guess|suppose|hope|wish|assume|doubt|wonder)|hopefully|presume|wonders?|says?|said|tells?"
    r"|told|saying|promised|thought|let (?:me|us) know|(?:give|send|call|drop|write|e-?mail) (?:me|us)"
    r"|leave (?:me|us)|each (?:week|month|day)|every (?:week|month|day)|wenn|falls|sofern|ob|vielleicht|si)\b"
    r"|[\"“„«][^\"”“»]*$",
    re.IGNORECASE,
)
_DOUBT_AFTER = re.compile(
    r"\b(?:newsletters?|subscribers|readers|if you(?! are around|’re around|’re free|"
    r" are free| are there|’re there)|if (?:we|they|he|she|it)\b|unless|wenn sie|falls|si vous|si usted)\b".replace(
        "’", "['’]"
    ),
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\b(?:see|check|know|ask|find out|confirm|investigate) if\b", re.IGNORECASE)


def promises(said: Said, *, at: datetime, by_us: bool) -> Iterator[Finding]:
    """At most one a sentence. `due` is read in the wall time of `at`."""
    if said.text.endswith("?"):
        return
    for cue_family, language in _LANGUAGES:
        found = cue_family.first(said)
        if not found:
            continue
        cue, words = found
        before, after = said.text[: words.start()], said.text[words.end() :]
        if _DOUBT_BEFORE.search(before) or _DOUBT_AFTER.search(_WHETHER.sub("", after)):
            return
        due = day_named(said.text, around=words.start(), at=at, language=language)
        kind = "we_promise" if by_us else "they_promise"
        yield said.finding(kind, _named(cue.name, words), 0.9 if due else 0.8, due=due)
        return


def _named(name: str, words: re.Match[str]) -> str:
    """The English ones by who and what, such as "I’ll send"; the others by their name."""
    parts = words.groupdict()
    if not parts.get("who"):
        return name
    who = "I’ll" if parts["who"] in ("I", "i") else "we’ll"
    return f"{who} {parts['verb'].lower()}"
