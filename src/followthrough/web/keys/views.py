"""Which key does what, and the choice of each member: on, off, or as in a mail program."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from followthrough.ledger.models import Member
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.keys.known import groups

CHOICES = (
    ("on", gettext_lazy("On"), gettext_lazy("A letter presses what stands beside it.")),
    ("off", gettext_lazy("Off"), gettext_lazy("No single letter does anything.")),
    (
        "mail",
        gettext_lazy("As in a mail program"),
        gettext_lazy("E is done, H is not now, R writes a mail."),
    ),
)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: MemberRequest) -> HttpResponse:
    member = request.member
    if request.method == "POST":
        chosen = request.POST.get("keys", "")
        if chosen in {choice for choice, _label, _hint in CHOICES}:
            Member.objects.filter(pk=member.pk).update(keys=chosen)
            messages.success(request, _("Your keys are set."))
        else:
            messages.error(request, _("Choose one of the three."))
        return redirect("keys")
    context = {"here": "keys", "groups": groups(member.keys), "choices": CHOICES}
    return render(request, "keys/keys.html", context)
