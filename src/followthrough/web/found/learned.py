"""What leaving out has taught, each lesson with its count, to be forgotten one by one or all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followthrough.ledger import lessons
from followthrough.ledger.place import id_in
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tongue import tell


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def learned(request: MemberRequest) -> HttpResponse:
    workspace = request.member.workspace
    if request.method == "POST":
        given = request.POST.get("lesson", "")
        pk = id_in(given) or None
        gone = lessons.unlearn(workspace, pk) if pk or given == "all" else 0
        messages.success(
            request, _("Forgotten. It is ticked again next time.") if gone else _("Gone already.")
        )
        return redirect("learned")
    rows = [
        (row, tell(lessons.said_of(row.kind, row.about, row.dismissed)))
        for row in lessons.telling(workspace)[:500]
    ]
    return render(request, "found/learned.html", {"here": "found", "lessons": rows})
