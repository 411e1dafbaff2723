"""Where the product says whether it keeps its promise."""

from django.urls import path

from followthrough.web.health import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("health/check/", views.check_now, name="check_now"),
    path("health/step/<int:pk>/", views.step, name="step_given"),
]
