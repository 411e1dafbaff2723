"""The palette's address, which is also a plain page."""

from django.urls import path

from followthrough.web.palette import views

urlpatterns = [path("find/", views.find, name="find")]
