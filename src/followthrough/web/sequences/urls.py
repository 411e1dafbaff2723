"""Addresses of the sequences."""

from django.urls import path

from followthrough.web.sequences import (
    leaving,
    people,
    stopping,
    views,
    with_many,
    with_somebody,
)

urlpatterns = [
    path("sequences/", views.all_of_them, name="sequences"),
    path("sequences/new/", views.new, name="sequence_new"),
    path("sequences/<int:pk>/", views.one, name="sequence"),
    path("sequences/<int:pk>/retirement/", views.retirement, name="sequence_retirement"),
    path("sequences/<int:pk>/people/", people.people, name="sequence_people"),
    path("sequences/<int:pk>/rest/", stopping.rest, name="sequence_rest"),
    path("sequences/late/", leaving.late, name="late_steps"),
    path("sequences/mails/mine/", stopping.mine, name="mails_of_mine"),
    path("sequences/mails/all/", stopping.everybodys, name="mails_of_all"),
    path("undo/sequences/pause/<str:token>/", stopping.unpaused, name="sequence_unpaused"),
    path("undo/sequences/<str:token>/", views.as_before, name="sequence_as_before"),
    path("people/plan/", with_many.plan_for_many, name="plan_for_many"),
    path("people/<int:pk>/plan/", with_somebody.plan, name="plan"),
]
