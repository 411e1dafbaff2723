"""The words by which somebody wants no more texts, or wants them again, in the four languages."""

import re

from followthrough.inlets.wording import folded

# The words that telephone companies know, and what people write in their place.
STOP = frozenset(
    """
    stop stopall stopp stoppen unsubscribe cancel end quit revoke optout
    abmelden abbestellen abbestellung ende aufhoren austragen
    arret arreter desabonner desabonnement desinscrire desinscription
    alto parar basta baja cancelar detener
    """.split()  # noqa: SIM905
)
START = frozenset(
    """
    start unstop anmelden weiter reprendre debut demarrer reabonner iniciar empezar alta reanudar
    """.split()  # noqa: SIM905
)
_KIND = frozenset(
    "please bitte danke thanks merci s'il vous plait svp por favor gracias".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def wish_of(text: str) -> str:
    """ "stop", "start", or "" where it says anything else: a whole sentence is for a person."""
    words = [word.replace("’", "'") for word in _WORD.findall(folded(text))]
    meant = [word for word in words if word not in _KIND]
    if len(meant) != 1:
        return ""
    return "stop" if meant[0] in STOP else "start" if meant[0] in START else ""
