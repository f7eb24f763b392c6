"""Addresses of scores and methods."""

from django.urls import path

from yipanqi.assessment import views

urlpatterns = [
    path("scores/", views.scores, name="scores"),
    path("scores/sheet.xlsx", views.score_sheet, name="score_sheet"),
    path("scores/<int:holder_id>/", views.score, name="score"),
    path("scores/<int:holder_id>/trial/", views.what_if, name="what_if"),
    path("scores/<int:holder_id>/<str:name>/", views.figure, name="figure"),
    path("told/", views.told, name="told"),
    path("told/new/", views.told_new, name="told_new"),
    path("told/<int:told_id>/gone/", views.told_gone, name="told_gone"),
    path("rounds/new/", views.round_new, name="round_new"),
    path("method/", views.method, name="method"),
    path("method/edit/", views.method_edit, name="method_edit"),
    path("method/compare/", views.method_compare, name="method_compare"),
    path("method/draft/", views.method_draft, name="method_draft"),
]
