"""Where files come in."""

from django.urls import path

from followthrough.web.intake import report, views

urlpatterns = [
    path("import/", views.intakes, name="import"),
    path("import/<int:pk>/", views.intake, name="intake"),
    path("import/<int:pk>/choices/", views.choices, name="intake_choices"),
    path("import/<int:pk>/start/", views.start, name="intake_start"),
    path("import/<int:pk>/calling-off/", views.calling_off, name="intake_calling_off"),
    path("import/<int:pk>/taking-back/", views.taking_back, name="intake_taking_back"),
    path("import/<int:pk>/report.csv", report.report, name="intake_report"),
    path("import/<int:pk>/left-out/", report.left_out, name="intake_left_out"),
]
