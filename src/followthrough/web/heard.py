"""The name of what a form told us: the same words pressed twice are one, other words are new."""

from hashlib import sha256

from followthrough.web.gate import MemberRequest

# What the page adds by itself says nothing about them.
OF_THE_PAGE = {"csrfmiddlewaretoken", "token", "beside"}


def source_of(request: MemberRequest, form: str, token: str) -> str:
    """Going back and writing something else with the old page is news; pressing twice is not."""
    told = sorted((k, v) for k, v in request.POST.lists() if k not in OF_THE_PAGE)
    words = sha256(repr(told).encode(errors="replace")).hexdigest()[:16]
    return f"{form}:{request.member.pk}:{token}:{words}"
