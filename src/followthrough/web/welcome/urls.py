"""Where somebody new begins."""

from django.urls import path

from followthrough.web.welcome.views import welcome

urlpatterns = [path("welcome/", welcome, name="welcome")]
