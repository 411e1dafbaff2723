"""Where enquiries are captured."""

from django.urls import path

from followthrough.web.capture.views import capture

urlpatterns = [path("capture/", capture, name="capture")]
