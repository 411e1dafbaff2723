"""The name of what a form told us: the same words pressed twice are one, other words are new, and
so are the same words once they were taken back."""

from hashlib import sha256

from django.utils.translation import gettext_lazy

from followthrough.ledger.undo import name_to_tell
from followthrough.web.gate import MemberRequest

# What the page adds by itself says nothing about them.
OF_THE_PAGE = {"csrfmiddlewaretoken", "token", "beside"}

HEARD = gettext_lazy("That stands in the books already; nothing was added.")


def source_of(request: MemberRequest, form: str, token: str) -> str:
    """Going back and writing something else with the old page is news, and so is saving again what
    was taken back; pressing twice is not."""
    return name_to_tell(request.member.workspace, pressed(request, form, token))


def pressed(request: MemberRequest, form: str, token: str) -> str:
    """What the press itself is called, whatever became of it."""
    told = sorted((k, v) for k, v in request.POST.lists() if k not in OF_THE_PAGE)
    words = sha256(repr(told).encode(errors="replace")).hexdigest()[:16]
    return f"{form}:{request.member.pk}:{token}:{words}"
