"""Addresses of the people."""

from django.urls import path

from followthrough.web.party import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/notes/", views.notes, name="notes"),
    path("people/<int:pk>/promises/", views.promises, name="promises"),
    path("people/<int:pk>/promises/end/", views.promise_end, name="promise_end"),
    path("people/<int:pk>/answers/", views.answers, name="answers"),
    path("people/<int:pk>/consent/", views.consent, name="consent"),
    path("people/<int:pk>/yes/", views.strong_yes, name="strong_yes"),
    path("people/<int:pk>/rhythm/", views.rhythm, name="rhythm"),
    path("people/<int:pk>/owner/", views.owner, name="owner"),
    path("people/<int:pk>/details/", views.details, name="details"),
    path("people/<int:pk>/oblivion/", views.oblivion, name="oblivion"),
]
