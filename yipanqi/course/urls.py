"""Addresses of courses."""

from django.urls import path

from yipanqi.course import views

urlpatterns = [
    path("course/<int:holder_id>/", views.course, name="course"),
    path("course/<int:holder_id>/moved/", views.moved, name="moved"),
]
