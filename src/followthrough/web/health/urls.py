"""Where the product says whether it keeps its promise."""

from django.urls import path

from followthrough.web.health import called, views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("health/check/", views.check_now, name="check_now"),
    path("health/outside/", called.outside, name="outside"),
    path("health/outside/<str:token>/", called.undone, name="outside_undone"),
    path("health/step/<int:pk>/", views.step, name="step_given"),
]
