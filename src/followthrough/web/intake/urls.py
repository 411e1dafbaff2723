"""Where files come in."""

from django.urls import path

from followthrough.web.intake import views

urlpatterns = [
    path("import/", views.intakes, name="import"),
    path("import/<int:pk>/", views.intake, name="intake"),
    path("import/<int:pk>/report.csv", views.report, name="intake_report"),
]
