"""Every component and sample page with invented people. Routed only with DEBUG."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from followthrough.web.gallery import pages, person, sheet

PAGES = {
    "today": pages.today,
    "empty": pages.empty,
    "person": person.person,
    "people": pages.people,
    "capture": pages.capture,
    "import": pages.import_list,
    "health": pages.health,
    "members": pages.members,
    "sign-in": pages.nothing,
    "sheet": sheet.sheet,
    "sheet-page": sheet.sheet_page,
    "sheet-blocked": sheet.sheet_blocked,
    "sheet-close": sheet.sheet_close,
    "sheet-later": sheet.sheet_later,
    "sheet-taken": sheet.sheet_taken,
    "parts": pages.parts,
    "parsed": sheet.parsed,
}


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/index.html", {"pages": list(PAGES), "here": "gallery"})


@login_not_required
def gallery_page(request: HttpRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404(f"The gallery has no page named {page}.")
    theme = request.GET.get("theme", "")
    context = {"rail": pages.rail(), "theme": theme, "here": page, **PAGES[page]()}
    template = context.get("template", page.replace("-", "_"))
    return render(request, f"gallery/{template}.html", context)


urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("gallery/<slug:page>/", gallery_page, name="gallery_page"),
]
