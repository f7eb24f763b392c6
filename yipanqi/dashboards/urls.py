"""Addresses of the desk: where somebody begins, what is due, what is found."""

from django.urls import path

from yipanqi.dashboards.views import find, guide, start, today

urlpatterns = [
    path("", today.today, name="home"),
    path("start/", start.start, name="start"),
    path("guide/", guide.guide, name="guide"),
    path("guide/staff/", guide.staff, name="staff"),
    path("todo/", today.todo, name="todo"),
    path("find/", find.find, name="find"),
]
