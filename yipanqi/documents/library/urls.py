"""Addresses of the library."""

from django.urls import path

from yipanqi.documents.library import views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/new/", views.document_new, name="document_new"),
    path("documents/<int:document_id>/", views.document, name="document"),
    path("documents/<int:document_id>/edit/", views.document_edit, name="document_edit"),
    path(
        "documents/<int:document_id>/files/<str:digest>/", views.document_file, name="document_file"
    ),
]
