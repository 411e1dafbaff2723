"""Offers that nobody asked for and that look like a letter: only good enough to leave a tick off."""

import re

from followthrough.inlets.wording import folded

READ = 6_000
ENOUGH = 3
WHY = "It reads like an offer to many: “{cue}”"

# Each turn of phrase with its weight. A person who writes to a business may use one of them.
_CUES = tuple(
    (weight, re.compile(pattern))
    for weight, patterns in {
        3: (
            r"\b(unsubscribe|opt[- ]out|be removed|removed from (this|our|the) (mailing )?list)\b",
            r"\b(100 ?%|absolutely|completely) (free|guaranteed|risk[- ]free)\b",
            r"\bthis (is not spam|message is sent in compliance)\b",
            r"\b(limited|special) time (offer|only)\b", r"\bact now\b|\border (now|today)\b",
            r"\b(make|earn) (up to )?\$? ?[\d,.]+ ?(k|per|a|/|every)? ?(day|week|month|hour)",
            r"\b(viagra|casino|refinanc\w*|mortgage rates?|weight loss|lose weight|toner cartridge)",
            r"\b(next of kin|million (united states )?dollars|us\$ ?\d+ ?million|foreign account)\b",
        ),
        2: (
            r"\bclick (here|below|on the link)\b", r"\b(no|without) obligation\b",
            r"\bdear (sir|madam|friend|webmaster|site owner|business owner|home ?owner|sir/madam)\b",
            r"\b(money[- ]back|satisfaction) guarante", r"\btoll[- ]free\b|\bcall (now|today|toll)\b",
            r"\b(free|bonus) (gift|trial|report|quote|consultation|shipping|sample)s?\b",
            r"\b(bulk e?mail|e?mail (marketing|addresses)|search engine|web ?hosting|link exchange)\b",
            r"\b(our|this) (amazing|exclusive|incredible|unique|special) (offer|product|program)",
            r"\bto (your|our) (valued )?(customers|subscribers|members)\b", r"\bper ?cent off\b|\d+% off\b",
        ),
        1: (
            r"\bfree\b", r"\boffer\b", r"\bguarantee", r"\bopportunit", r"!{2,}", r"\${2,}",
            r"\bvisit (us|our)\b|\bour web ?site\b", r"\bsavings?\b|\bsave (up to|\$|£|€)",
            r"\bwe (specialize|specialise|are a leading|offer)\b", r"\blowest price", r"\bcredit card\b",
        ),
    }.items()
    for pattern in patterns
)  # fmt: skip


def why_an_offer(text: str, subject: str = "") -> str:
    """What gives it away as advertising, or "". Several weak signs count like one strong one."""
    words = folded(f"{subject}\n{text[:READ]}")
    found = [(weight, hit[0]) for weight, cue in _CUES if (hit := cue.search(words))]
    if sum(weight for weight, _ in found) < ENOUGH:
        return ""
    return WHY.format(cue=max(found)[1].strip()[:40])
