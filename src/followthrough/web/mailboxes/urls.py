"""Addresses of the mailboxes."""

from django.urls import path

from followthrough.web.mailboxes import canary, outgoing, views

urlpatterns = [
    path("settings/mailboxes/", views.mailboxes, name="mailboxes"),
    path("settings/mailboxes/<int:pk>/", views.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:pk>/tried/", views.tried, name="mailbox_tried"),
    path("settings/mailboxes/<int:pk>/password/", views.password, name="mailbox_password"),
    path("settings/mailboxes/<int:pk>/keeper/", views.keeper, name="mailbox_keeper"),
    path(
        "settings/mailboxes/<int:pk>/keeper/<int:whose>/back/",
        views.keeper_back,
        name="mailbox_keeper_back",
    ),
    path("settings/mailboxes/<int:pk>/outgoing/", outgoing.outgoing, name="mailbox_outgoing"),
    path(
        "settings/mailboxes/<int:pk>/outgoing/<str:token>/back/",
        outgoing.back,
        name="mailbox_outgoing_back",
    ),
    path("settings/mailboxes/<int:pk>/itself/", canary.chosen, name="mailbox_itself"),
    path(
        "settings/mailboxes/<int:pk>/itself/<slug:was>/", canary.undone, name="mailbox_itself_back"
    ),
    path("settings/mailboxes/<int:pk>/removed/", views.removed, name="mailbox_removed"),
    path("settings/mailboxes/<int:pk>/back/", views.back, name="mailbox_back"),
    path("settings/mailboxes/<int:pk>/unread/<int:mail>/", views.unread_mail, name="unread_mail"),
]
