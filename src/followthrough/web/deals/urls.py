"""Where the deals are looked at, moved, changed and begun."""

from django.urls import path

from followthrough.web.deals import changing, moving, staging, starting, views

urlpatterns = [
    path("deals/", views.deals, name="deals"),
    path("deals/new/", starting.new, name="deal_new"),
    path("deals/stages/", staging.stages, name="deal_stages"),
    path("restore/stages/<str:token>/", staging.back, name="stages_restored"),
    path("restore/deal/<str:token>/", changing.called, name="deal_restored"),
    path("deals/<int:pk>/", changing.change, name="deal"),
    path("deals/<int:pk>/card/", views.card, name="deal_card"),
    path("deals/<int:pk>/move/", moving.move, name="deal_move"),
]
