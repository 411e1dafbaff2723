"""Where words given are seen, kept, moved and counted."""

from django.urls import path

from followthrough.web.promises import kept, moving, views

urlpatterns = [
    path("promises/", views.promises, name="promises"),
    path("promises/kept/", kept.kept, name="promises_kept"),
    path("promises/<int:pk>/end/", views.end, name="promise_over"),
    path("promises/<int:pk>/later/", moving.later, name="promise_later"),
]
