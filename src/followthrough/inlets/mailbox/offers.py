"""Offers that nobody asked for and that look like a letter: good enough to leave a tick off."""

import re

from followthrough.core.saying import says
from followthrough.inlets.mailbox.bulk import ANSWERS
from followthrough.inlets.mailbox.words import not_quoted, own_words
from followthrough.inlets.wording import folded

READ = 6_000
ENOUGH = 3
WHY = says("It reads like an offer to many: “{cue}”")

# Turns of phrase, one a line, by weight. Whoever writes to a business may use one weak one.
_WEIGHTED = {
    3: r"""
        ^adv\b ?:
        \b(unsubscribe|opt[- ]out|be removed|removed from (this|our|the) (mailing )?list)\b
        \b(100 ?%|absolutely|completely) (free|guaranteed|risk[- ]free)\b
        \bthis (is not spam|message is sent in compliance)\b
        \b(limited|special) time (offer|only)\b
        \bact now\b|\border (now|today)\b
        \b(make|earn) (up to )?\$? ?[\d,.]+ ?(k|per|a|/|every)? ?(day|week|month|hour)
        \b(viagra|casino|refinanc\w*|mortgage rates?|weight loss|lose weight|toner cartridge)
        \b(do not|don't|never) (attempt to |try to )?(reply|respond) to this (e?-?mail|message)\b
        \b(next of kin|million (united states )?dollars|us\$ ?\d+ ?million|foreign account)\b
        """,
    2: r"""
        \bclick (here|below|on the link)\b
        \b(no|without) obligation\b
        \bfor (more|further) information\b.{0,60}\b(visit|website|web site|complete|call)\b
        \bnewsletter\b
        \bdear (sir|madam|friend|webmaster|(site|business|home) ?owner|sir/madam)\b
        \b(money[- ]back|satisfaction) guarante
        \btoll[- ]free\b|\bcall (now|today|toll)\b
        \b(free|bonus) (gift|trial|report|quote|consultation|shipping|sample)s?\b
        \b(bulk e?mail|e?mail (marketing|addresses)|search engine|web ?hosting)\b
        \b(our|this) (amazing|exclusive|incredible|unique|special) (offer|product|program)
        \bto (your|our) (valued )?(customers|subscribers|members)\b
        \bper ?cent off\b|\d+% off\b
        """,
    1: r"""
        \bfree\b
        \boffer\b
        \bguarantee
        \bopportunit
        !{2,}
        \${2,}
        \bvisit (us|our)\b|\bour web ?site\b
        \bsavings?\b|\bsave (up to|\$|£|€)
        \bwe (specialize|specialise|are a leading|offer)\b
        \blowest price
        \bcredit card\b
        """,
}
_CUES = tuple(
    (weight, re.compile(line.strip()))
    for weight, lines in _WEIGHTED.items()
    for line in lines.strip().splitlines()
)


def why_an_offer(text: str, subject: str = "") -> str:
    """What gives it away as advertising, or "". Several weak signs count like a strong one."""
    # What an answer quotes may be our own newsletter.
    said = own_words(text[:READ]) if ANSWERS.match(subject) else not_quoted(text[:READ])
    words = folded(f"{subject}\n{said}")
    found = [(weight, hit[0]) for weight, cue in _CUES if (hit := cue.search(words))]
    if sum(weight for weight, _ in found) < ENOUGH:
        return ""
    return says(WHY, cue=max(found)[1].strip()[:40])
