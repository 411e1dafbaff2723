"""Every component and sample page with invented people, to look at while building. Routed only with DEBUG."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from followthrough.web import gallery_data as sample

PAGES = {
    "today": sample.today,
    "empty": sample.empty,
    "person": sample.person,
    "people": sample.people,
    "capture": sample.capture,
    "import": sample.import_list,
    "health": sample.health,
    "members": sample.members,
    "sign-in": sample.nothing,
    "sheet": sample.sheet,
    "sheet-page": sample.sheet_page,
    "sheet-blocked": sample.sheet_blocked,
    "sheet-close": sample.sheet_close,
    "parts": sample.parts,
}


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/index.html", {"pages": list(PAGES), "here": "gallery"})


@login_not_required
def gallery_page(request: HttpRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404(f"The gallery has no page named {page}.")
    theme = request.GET.get("theme", "")
    context = {"rail": sample.RAIL, "theme": theme, "here": page, **PAGES[page]()}
    template = context.get("template", page.replace("-", "_"))
    return render(request, f"gallery/{template}.html", context)


urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("gallery/<slug:page>/", gallery_page, name="gallery_page"),
]
