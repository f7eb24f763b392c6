"""Addresses of bulletins."""

from django.urls import path

from yipanqi.documents.papers import views

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/new/", views.bulletin_new, name="bulletin_new"),
    path("bulletins/<int:bulletin_id>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:bulletin_id>/sign/", views.bulletin_sign, name="bulletin_sign"),
    path("bulletins/<int:bulletin_id>/word/", views.bulletin_docx, name="bulletin_docx"),
    path("bulletins/<int:bulletin_id>/excel/", views.bulletin_xlsx, name="bulletin_xlsx"),
    path("bulletins/<int:bulletin_id>/pdf/", views.bulletin_pdf, name="bulletin_pdf"),
    path(
        "bulletins/<int:bulletin_id>/figures/<int:unit_id>/<slug:name>/",
        views.bulletin_figure,
        name="bulletin_figure",
    ),
]
