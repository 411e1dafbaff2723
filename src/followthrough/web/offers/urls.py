"""Where offers are made, and the addresses that belong to one recipient each."""

from django.urls import path

from followthrough.web.offers import making, public

urlpatterns = [
    path("people/<int:pk>/offer/", making.new, name="offer_new"),
    path("offers/<int:pk>/end/", making.end, name="offer_end"),
    path("o/<str:token>/", public.offer_page, name="offer_page"),
    path("o/<str:token>/seen/", public.seen, name="offer_seen"),
]
