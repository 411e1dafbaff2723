"""Addresses of the people."""

from django.urls import path

from followthrough.web.party import (
    acquainted,
    asked,
    company,
    known,
    meeting,
    people,
    restoring,
    telling,
    views,
)

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/notes/", telling.notes, name="notes"),
    path("people/<int:pk>/meeting/", meeting.meeting, name="meeting"),
    path("people/<int:pk>/company/", company.company, name="company"),
    path("people/<int:pk>/moved/", company.moved, name="moved"),
    path("people/<int:pk>/promises/", telling.promises, name="promises"),
    path("people/<int:pk>/promises/end/", telling.promise_end, name="promise_end"),
    path("people/<int:pk>/answers/", telling.answers, name="answers"),
    path("people/<int:pk>/consent/", telling.consent, name="consent"),
    path("people/<int:pk>/learned/", telling.learned, name="learned_of"),
    path("people/<int:pk>/acquainted/", acquainted.acquainted, name="acquainted"),
    path("people/<int:pk>/roles/", views.roles, name="roles"),
    path("people/<int:pk>/yes/", telling.strong_yes, name="strong_yes"),
    path("people/<int:pk>/rhythm/", telling.rhythm, name="rhythm"),
    path("people/<int:pk>/reopened/", telling.reopened, name="reopened"),
    path("people/<int:pk>/owner/", views.owner, name="owner"),
    path("people/<int:pk>/details/", views.details, name="details"),
    path("people/<int:pk>/days/", telling.days, name="days"),
    path("people/<int:pk>/wants/", known.wants_of, name="wants"),
    path("people/<int:pk>/known/", known.known, name="known"),
    path("addresses/<int:pk>/", views.address, name="address"),
    path("wants/<int:pk>/gone/", known.want_gone, name="want_gone"),
    path("wants/plan/", asked.plan, name="wants_plan"),
    path("known/<int:pk>/", known.known_one, name="known_one"),
    path("restore/<str:token>/", restoring.restore, name="restore"),
    path("people/<int:pk>/oblivion/", views.oblivion, name="oblivion"),
]
