"""Every address of the site."""

from django.urls import include, path

urlpatterns = [path("", include("followthrough.web.urls"))]
handler400 = "followthrough.web.refused.refused"
