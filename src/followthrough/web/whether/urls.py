"""Addresses of a mail that may be an answer."""

from django.urls import path

from followthrough.web.whether import views

urlpatterns = [
    path("followups/<int:pk>/whether/", views.whether, name="whether"),
    path("doubts/<int:pk>/back/", views.back, name="doubt_back"),
]
