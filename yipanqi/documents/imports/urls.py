"""Addresses of imports."""

from django.urls import path

from yipanqi.documents.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:batch_id>/", views.import_batch, name="import_batch"),
]
