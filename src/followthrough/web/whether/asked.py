"""What the two presses are called: it hangs on why anybody doubts."""

from typing import Any

from django.utils.translation import gettext as _

MACHINE = "machine"


def asked_of(own: dict[str, Any]) -> dict[str, str]:
    """`own` is what the fact knows beside its time."""
    if own.get("why", MACHINE) == MACHINE:
        return {"yes": _("A person wrote it"), "no": _("Automatic, go on")}
    return {"yes": _("It is their answer"), "no": _("Go on")}
