"""Addresses of writing a mail, and of the mails that were sent."""

from django.urls import path

from followthrough.web.writing import sent, views

urlpatterns = [
    path("followups/<int:pk>/mail/", views.write, name="write"),
    path("followups/<int:pk>/mail/draft/", views.keep, name="write_keep"),
    path("people/<int:pk>/mail/", views.write_to, name="write_to"),
    path("people/<int:pk>/mail/draft/", views.keep_to, name="write_to_keep"),
    path("mails/<int:pk>/", sent.mail, name="mail"),
    path("mails/<int:pk>/proof.txt", sent.proof_text, name="mail_proof"),
    path("mails/<int:pk>/mail.eml", sent.as_mail, name="mail_as_file"),
    path("mails/<int:pk>/now/", sent.now, name="mail_now"),
    path("mails/<int:pk>/again/", sent.again, name="mail_again"),
    path("mails/<int:pk>/decided/", sent.decided, name="mail_decided"),
    path("mails/<int:pk>/stop/", views.stop, name="mail_stop"),
]
