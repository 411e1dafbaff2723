"""Signing in, signing up, and joining by invitation."""

from allauth.account.views import LoginView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from followthrough.ledger import membership
from followthrough.ledger.clock import now
from followthrough.ledger.membership import CouldNotChangeTeam
from followthrough.ledger.models import Member
from followthrough.web.account.forms import JoinForm, SignUpForm

_sign_in = LoginView.as_view()


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Nobody can sign in where nobody is yet: whoever comes first sets up the team."""
    if membership.nobody_yet():
        return redirect("account_signup")
    answer: HttpResponseBase = _sign_in(request)
    return answer


@never_cache
@sensitive_post_parameters("password")
def sign_up(request: HttpRequest) -> HttpResponse:
    if not membership.nobody_yet():
        return render(request, "account/closed.html", status=403)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        let_in(request, membership.found(form.founding(), at=now()))
        return redirect("welcome")
    return render(request, "account/sign_up.html", {"form": form})


@never_cache
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="signup")
    if limited:
        return limited
    invitations = membership.open_invitations(now=now())
    invitation = invitations.filter(token_hash=membership.hashed(token)).first()
    if invitation is None:
        return render(request, "account/too_late.html", status=410)
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        address=invitation.email,
        initial={"name": invitation.name},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return let_in(request, membership.join(token, **form.cleaned_data, at=now()))
        except CouldNotChangeTeam as why:
            form.add_error(None, str(why))
    return render(request, "account/join.html", {"form": form, "invitation": invitation})


def let_in(request: HttpRequest, member: Member) -> HttpResponse:
    [backend] = settings.AUTHENTICATION_BACKENDS
    login(request, member.user, backend=backend)
    return redirect("today")
