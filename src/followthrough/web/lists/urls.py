"""The lists of the team, and who is on each."""

from django.urls import path

from followthrough.web.lists import changing, views

urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/joined/", changing.joined, name="list_joined"),
    path("lists/left/", changing.left, name="list_left"),
    path("lists/of/<path:called>/", views.people, name="list_people"),
    path("lists/csv/<path:called>/", views.as_file, name="list_as_file"),
]
