"""Addresses of the team's page."""

from django.urls import path

from followthrough.web.members import absence, views

urlpatterns = [
    path("", views.members, name="members"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/", views.member, name="member"),
    path("<int:pk>/role/", views.role, name="role"),
    path("<int:pk>/line/", views.line, name="line"),
    path("<int:pk>/absence/", absence.absence, name="absence"),
    path("<int:pk>/presence/", absence.presence, name="presence"),
    path("absences/<str:token>/", absence.undone, name="absence_undone"),
    path("<int:pk>/departure/", views.departure, name="departure"),
]
