"""The way into the demo, out of it, and its end."""

from django.urls import path

from followthrough.web.demo import views

urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/out/", views.out, name="demo_out"),
    path("demo/away/", views.away, name="demo_away"),
]
