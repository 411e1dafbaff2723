"""Addresses of the people."""

from django.urls import path

from followthrough.web.party import asked, kept_views, known, people, together, views

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/views/", kept_views.views_kept, name="views_kept"),
    path("people/views/<int:pk>/", kept_views.view_kept, name="view_kept"),
    path("people/together/", together.together, name="together"),
    path("people/handed-back/<str:token>/", together.handed_back, name="handed_back"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/notes/", views.notes, name="notes"),
    path("people/<int:pk>/promises/", views.promises, name="promises"),
    path("people/<int:pk>/promises/end/", views.promise_end, name="promise_end"),
    path("people/<int:pk>/answers/", views.answers, name="answers"),
    path("people/<int:pk>/consent/", views.consent, name="consent"),
    path("people/<int:pk>/yes/", views.strong_yes, name="strong_yes"),
    path("people/<int:pk>/rhythm/", views.rhythm, name="rhythm"),
    path("people/<int:pk>/reopened/", views.reopened, name="reopened"),
    path("people/<int:pk>/owner/", views.owner, name="owner"),
    path("people/<int:pk>/details/", views.details, name="details"),
    path("people/<int:pk>/days/", views.days, name="days"),
    path("people/<int:pk>/wants/", known.wants_of, name="wants"),
    path("people/<int:pk>/known/", known.known, name="known"),
    path("wants/<int:pk>/gone/", known.want_gone, name="want_gone"),
    path("wants/plan/", asked.plan, name="wants_plan"),
    path("known/<int:pk>/", known.known_one, name="known_one"),
    path("restore/<str:token>/", known.restore, name="restore"),
    path("people/<int:pk>/oblivion/", views.oblivion, name="oblivion"),
]
