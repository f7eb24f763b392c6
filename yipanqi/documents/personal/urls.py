"""Addresses of pledges and of personal files."""

from django.urls import path

from yipanqi.documents.personal.views import dossiers, pledges

urlpatterns = [
    path("pledges/", pledges.pledges, name="pledges"),
    path("pledges/round/", pledges.pledge_round, name="pledge_round"),
    path("pledges/<int:year>/print/", pledges.pledges_print, name="pledges_print"),
    path("pledges/<int:unit_id>/<int:year>/", pledges.pledge, name="pledge"),
    path("pledges/<int:unit_id>/<int:year>/word/", pledges.pledge_docx, name="pledge_docx"),
    path("pledges/signed/<int:signing_id>/<str:digest>/", pledges.pledge_file, name="pledge_file"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/<int:person_id>/", dossiers.dossier, name="dossier"),
    path("dossiers/<int:person_id>/open/", dossiers.dossier_open, name="dossier_open"),
    path("dossiers/<int:person_id>/word/", dossiers.dossier_docx, name="dossier_docx"),
    path(
        "dossiers/<int:person_id>/<int:post_id>/<slug:code>/",
        dossiers.dossier_figure,
        name="dossier_figure",
    ),
]
