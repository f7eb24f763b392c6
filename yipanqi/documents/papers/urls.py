"""Addresses of bulletins."""

from django.urls import path

from yipanqi.documents.papers import views

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/new/", views.bulletin_new, name="bulletin_new"),
    path("bulletins/<int:bulletin_id>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:bulletin_id>/word/", views.bulletin_docx, name="bulletin_docx"),
]
