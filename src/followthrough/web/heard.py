"""What a form tells beside its words: a name, by which the same words pressed twice are one, and
other words, or what was taken back, are new; and when it was typed."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from followthrough.ledger.undo import name_to_tell
from followthrough.web.gate import MemberRequest

# What the page adds by itself says nothing about them.
OF_THE_PAGE = {"csrfmiddlewaretoken", "token", "beside", "typed_at", "happened_at"}
LONGEST_AWAY = timedelta(days=30)

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


def typed_at(request: HttpRequest, now: datetime) -> datetime:
    """When the words of this form were typed. Without network they waited in the browser, which
    then says so (`typed_at`); a page that shows them again goes on saying it (`happened_at`)."""
    said = request.POST.get("typed_at") or request.POST.get("happened_at", "")
    try:
        then = datetime.fromisoformat(said)
    except ValueError:
        return now
    return min(max(then, now - LONGEST_AWAY), now) if then.tzinfo else now
