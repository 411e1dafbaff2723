"""Every screen's addresses."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from followthrough.web import gallery, styles
from followthrough.web.gate import MemberRequest, members_only


@members_only
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "home.html")


urlpatterns = [
    path("", home, name="home"),
    path("members/", include("followthrough.web.members.urls")),
    path("", include("followthrough.web.account.urls")),
    *styles.urlpatterns,
]
if settings.DEBUG:
    urlpatterns += gallery.urlpatterns
