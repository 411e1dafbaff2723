"""Addresses of the mailboxes."""

from django.urls import path

from followthrough.web.mailboxes import (
    canary,
    clients,
    connecting,
    looked_after,
    outgoing,
    service_form,
    services,
    signing_in,
    views,
)

urlpatterns = [
    path("settings/mailboxes/", connecting.mailboxes, name="mailboxes"),
    path("settings/mailboxes/<int:pk>/", views.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:pk>/tried/", views.tried, name="mailbox_tried"),
    path("settings/mailboxes/<int:pk>/password/", views.password, name="mailbox_password"),
    path("settings/mailboxes/<int:pk>/keeper/", looked_after.keeper, name="mailbox_keeper"),
    path(
        "settings/mailboxes/<int:pk>/keeper/<int:whose>/back/",
        looked_after.keeper_back,
        name="mailbox_keeper_back",
    ),
    path("settings/mailboxes/<int:pk>/outgoing/", outgoing.outgoing, name="mailbox_outgoing"),
    path(
        "settings/mailboxes/<int:pk>/outgoing/<str:token>/back/",
        outgoing.back,
        name="mailbox_outgoing_back",
    ),
    path("settings/mailboxes/<int:pk>/sends/", looked_after.sends_again, name="mailbox_sends"),
    path(
        "settings/mailboxes/paused/<str:token>/", looked_after.paused_again, name="mailbox_paused"
    ),
    path("settings/mailboxes/<int:pk>/not-ours/", looked_after.not_ours, name="mailbox_not_ours"),
    path("settings/mailboxes/ours/<str:token>/", looked_after.ours_again, name="mailbox_ours"),
    path("settings/mailboxes/<int:pk>/itself/", canary.chosen, name="mailbox_itself"),
    path(
        "settings/mailboxes/<int:pk>/itself/<slug:was>/", canary.undone, name="mailbox_itself_back"
    ),
    path("settings/mailboxes/<int:pk>/removed/", views.removed, name="mailbox_removed"),
    path("settings/mailboxes/<int:pk>/back/", views.back, name="mailbox_back"),
    path("settings/mailboxes/<int:pk>/unread/<int:mail>/", views.unread_mail, name="unread_mail"),
    path("settings/mailboxes/<int:pk>/sign-in/", signing_in.again, name="mailbox_sign_in"),
    path("settings/mailboxes/signed-in/", signing_in.signed_in, name="mailbox_signed_in"),
    path("settings/mailboxes/providers/<slug:key>/", clients.client, name="sign_in_client"),
    path(
        "settings/mailboxes/providers/<slug:key>/removal/",
        clients.removal,
        name="sign_in_client_removal",
    ),
    path(
        "settings/mailboxes/providers/before/<str:token>/",
        clients.as_before,
        name="sign_in_client_before",
    ),
    path("settings/mailboxes/service/", service_form.new, name="mail_service"),
    path("settings/mailboxes/<int:pk>/key/", service_form.key, name="mail_service_key"),
    path("in/mail/<str:key>/", services.told, name="mail_service_told"),
]
