"""Addresses of the door."""

from django.urls import include, path

from followthrough.web.account import profile, views

urlpatterns = [
    path("account/", profile.profile, name="profile"),
    path("account/elsewhere/", profile.elsewhere, name="signed_out_elsewhere"),
    path("account/undone/<str:token>/", profile.undone, name="profile_undone"),
    path("account/login/", views.sign_in, name="account_login"),  # instead of allauth's
    path("account/signup/", views.sign_up, name="account_signup"),  # instead of allauth's
    path("account/", include("allauth.urls")),
    path("join/<str:token>/", views.join, name="join"),
]
