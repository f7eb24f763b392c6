"""Addresses of views."""

from django.urls import path

from yipanqi.lists import views

urlpatterns = [
    path("views/save/", views.view_save, name="view_save"),
    path("views/<int:view_id>/", views.view_change, name="view_change"),
]
