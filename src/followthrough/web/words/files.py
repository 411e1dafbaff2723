"""Files that go out with a template: put in, taken out, and fetched."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from followthrough.ledger import clock, templates
from followthrough.ledger.models import TemplateFile
from followthrough.ledger.opening_words import template_file_for, template_for
from followthrough.ledger.template_files import MOST_BYTES, CouldNotKeep, add_file
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tongue import tell


@members_only
@require_POST
def added(request: MemberRequest, key: str) -> HttpResponse:
    one, given = template_for(request.member, key), request.FILES.get("file")
    if given is None:
        messages.error(request, _("Choose a file first."))
        return redirect("template", key)
    try:
        body = given.read(MOST_BYTES + 1)
        kept = add_file(one, str(given.name), body, at=clock.now())
    except CouldNotKeep as why:
        messages.error(request, tell(why.args[0]))
        return redirect("template", key)
    said = _("“{name}” goes with these words now.").format(name=kept.name)
    messages.success(request, said, extra_tags=reverse("template_file_gone", args=[kept.pk]))
    return redirect("template", templates.name_of(kept.template))


@members_only
@require_POST
def gone(request: MemberRequest, pk: int) -> HttpResponse:
    kept = template_file_for(request.member, pk)
    kept.gone_at = kept.gone_at or clock.now()
    kept.save(update_fields=["gone_at"])
    said = _("“{name}” no longer goes with these words.").format(name=kept.name)
    messages.success(request, said, extra_tags=reverse("template_file_back", args=[kept.pk]))
    return _back(kept)


@members_only
@require_POST
def back(request: MemberRequest, pk: int) -> HttpResponse:
    kept = template_file_for(request.member, pk)
    kept.gone_at = None
    kept.save(update_fields=["gone_at"])
    messages.success(request, _("Taken back."))
    return _back(kept)


def _back(kept: TemplateFile) -> HttpResponse:
    return redirect("template", templates.name_of(kept.template))


@members_only
@require_GET
def fetched(request: MemberRequest, pk: int) -> HttpResponse:
    kept = template_file_for(request.member, pk)
    response = HttpResponse(bytes(kept.body), content_type=kept.kind)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=kept.name
    )
    response["Content-Security-Policy"] = "sandbox"
    return response
