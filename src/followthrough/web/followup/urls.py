"""Addresses of one follow-up."""

from django.urls import path

from followthrough.web.followup import views
from followthrough.web.followup.happened import happened

urlpatterns = [
    path("followups/<int:pk>/outcome/", views.outcome, name="outcome"),
    path("followups/<int:pk>/why/", views.why, name="why"),
    path("people/<int:pk>/happened/", happened, name="happened"),
    path("heard/", views.heard, name="heard"),
    path("when/", views.when, name="when"),
]
