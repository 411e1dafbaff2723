"""Where the world knocks, and where the team sees to it."""

from django.urls import path

from followthrough.web.doors import deliveries, held, public, views

urlpatterns = [
    path("f/<str:key>/", public.form_page, name="form_page"),
    path("f/<str:key>/thanks/", public.thanks, name="form_thanks"),
    path("in/<str:key>/", deliveries.delivery, name="delivery"),
    path("settings/connections/", views.all_connections, name="connections"),
    path("settings/connections/new/<slug:kind>/", views.new, name="connection_new"),
    path("settings/connections/<int:pk>/", views.connection, name="connection"),
    path("settings/connections/<int:pk>/change/", views.change, name="connection_change"),
    path("settings/connections/<int:pk>/removal/", views.removal, name="connection_removal"),
    path("settings/connections/<int:pk>/token/", views.new_token, name="connection_token"),
    path("settings/connections/<int:pk>/test/", views.test, name="connection_test"),
    path("settings/connections/before/<str:token>/", views.as_before, name="connection_as_before"),
    path("settings/receipts/<int:pk>/taken/", held.taken, name="receipt_taken"),
    path("settings/receipts/<int:pk>/nobody/", held.nobody, name="receipt_nobody"),
    path("settings/receipts/<int:pk>/held/", held.held_again, name="receipt_held"),
]
