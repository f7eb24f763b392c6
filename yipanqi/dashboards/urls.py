"""Addresses of the desk: where somebody begins, what is due, what is found."""

from django.urls import path

from yipanqi.dashboards.views import find, today

urlpatterns = [
    path("", today.today, name="home"),
    path("todo/", today.todo, name="todo"),
    path("find/", find.find, name="find"),
]
