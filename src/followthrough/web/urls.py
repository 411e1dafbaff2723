"""Every screen's addresses."""

from django.conf import settings
from django.urls import include, path

from followthrough.web import gallery, scripts, styles, undo

urlpatterns = [
    path("", include("followthrough.web.today.urls")),
    path("", include("followthrough.web.followup.urls")),
    path("", include("followthrough.web.writing.urls")),
    path("", include("followthrough.web.party.urls")),
    path("", include("followthrough.web.likeness.urls")),
    path("", include("followthrough.web.capture.urls")),
    path("", include("followthrough.web.library.urls")),
    path("", include("followthrough.web.words.urls")),
    path("", include("followthrough.web.sequences.urls")),
    path("", include("followthrough.web.intake.urls")),
    path("", include("followthrough.web.found.urls")),
    path("", include("followthrough.web.welcome.urls")),
    path("", include("followthrough.web.health.urls")),
    path("", include("followthrough.web.settings.urls")),
    path("", include("followthrough.web.doors.urls")),
    path("", include("followthrough.web.leaving.urls")),
    path("", include("followthrough.web.answering.urls")),
    path("", include("followthrough.web.whether.urls")),
    path("", include("followthrough.web.topics.urls")),
    path("", include("followthrough.web.offers.urls")),
    path("", include("followthrough.web.lists.urls")),
    path("", include("followthrough.web.mailboxes.urls")),
    path("", include("followthrough.web.help.urls")),
    path("", include("followthrough.web.deals.urls")),
    path("", include("followthrough.web.promises.urls")),
    path("", include("followthrough.web.demo.urls")),
    path("", include("followthrough.web.waiting.urls")),
    path("", include("followthrough.web.week.urls")),
    path("", include("followthrough.web.reminders.urls")),
    path("", include("followthrough.web.feed.urls")),
    path("members/", include("followthrough.web.members.urls")),
    path("", include("followthrough.web.account.urls")),
    path("", include("followthrough.web.palette.urls")),
    path("", include("followthrough.web.keys.urls")),
    path("", include("followthrough.web.offline.urls")),
    *styles.urlpatterns,
    *scripts.urlpatterns,
    *undo.urlpatterns,
]
if settings.DEBUG:
    urlpatterns += gallery.urlpatterns
