"""Addresses of the desk: where somebody begins, what is due, what is found."""

from django.urls import path

from yipanqi.dashboards.views import find, guide, staff, start, today

urlpatterns = [
    path("", today.today, name="home"),
    path("start/", start.start, name="start"),
    path("guide/", guide.guide, name="guide"),
    path("org/staff/", staff.staff, name="staff"),
    path("org/staff/template.xlsx", staff.template, name="staff_template"),
    path("org/staff/passwords.xlsx", staff.passwords, name="staff_passwords"),
    path("todo/", today.todo, name="todo"),
    path("find/", find.find, name="find"),
]
