"""Where offers are made, and the addresses that belong to one recipient each."""

from django.urls import path

from followthrough.web.offers import days, lists, making, public, tracked

urlpatterns = [
    path("people/<int:pk>/offer/", making.new, name="offer_new"),
    path("offers/<int:pk>/end/", making.end, name="offer_end"),
    path("offers/<int:pk>/day/", days.day, name="offer_day"),
    path("o/<str:token>/", public.offer_page, name="offer_page"),
    path("o/<str:token>/seen/", public.seen, name="offer_seen"),
    path("people/<int:pk>/lists/", lists.lists_of, name="lists_of"),
    path("people/<int:pk>/lists/link/", lists.list_link, name="list_link"),
    path("l/<str:token>/", lists.list_page, name="list_page"),
    path("r/<str:token>/", tracked.target, name="tracked_target"),
    path("p/<str:token>.gif", tracked.picture, name="tracked_picture"),
]
