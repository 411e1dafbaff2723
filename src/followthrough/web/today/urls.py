"""Today's addresses."""

from django.urls import path

from followthrough.web.today import one, order, views

urlpatterns = [
    path("", views.today, name="today"),
    path("today/day/", views.changed, name="today_day"),
    path("today/after/<int:pk>/", views.further, name="today_further"),
    path("today/order/", order.order, name="order"),
    path("today/order/<int:pk>/", order.order, name="order_of"),
    path("today/done/", order.done, name="done_today"),
    path("today/done/<int:pk>/undo/", order.take_back, name="take_back"),
    path("one/", one.one, name="one"),
    path("one/<int:pk>/", one.one, name="one"),
    path("followups/<int:pk>/panel/", views.panel, name="followup_panel"),
    path("alarms/<int:pk>/seen/", views.seen, name="alarm_seen"),
]
