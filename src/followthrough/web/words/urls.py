"""Addresses of the words."""

from django.urls import path

from followthrough.web.words import answered, drafting, files, for_somebody, model, views

urlpatterns = [
    path("words/", views.words, name="words"),
    path("words/new/", views.new, name="words_new"),
    path("words/kinder/", views.kinder, name="kinder"),
    path("words/answered/", answered.answered, name="words_answered"),
    path("words/files/<int:pk>/", files.fetched, name="template_file"),
    path("words/files/<int:pk>/gone/", files.gone, name="template_file_gone"),
    path("words/files/<int:pk>/back/", files.back, name="template_file_back"),
    path("words/<str:key>/", views.template, name="template"),
    path("words/<str:key>/files/", files.added, name="template_files"),
    path("words/<str:key>/retirement/", views.retirement, name="template_retirement"),
    path("undo/words/<str:token>/", views.as_before, name="words_as_before"),
    path("followups/<int:pk>/words/", for_somebody.words_for, name="followup_words"),
    path("people/<int:pk>/words/", for_somebody.words_to, name="person_words"),
    path("followups/<int:pk>/words/draft/", drafting.draft, name="followup_draft"),
    path("settings/model/", model.model, name="language_model"),
    path("settings/model/gone/", model.gone, name="language_model_gone"),
    path("settings/model/back/", model.back, name="language_model_back"),
]
