"""Where enquiries are captured."""

from django.urls import path

from followthrough.web.capture.views import capture, known_already

urlpatterns = [
    path("capture/", capture, name="capture"),
    path("capture/known/", known_already, name="capture_known"),
]
