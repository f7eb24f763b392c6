"""Addresses of pledges and of personal files."""

from django.urls import path

from yipanqi.documents.personal.views import pledges

urlpatterns = [
    path("pledges/", pledges.pledges, name="pledges"),
    path("pledges/round/", pledges.pledge_round, name="pledge_round"),
    path("pledges/<int:year>/print/", pledges.pledges_print, name="pledges_print"),
    path("pledges/<int:unit_id>/<int:year>/", pledges.pledge, name="pledge"),
    path("pledges/<int:unit_id>/<int:year>/word/", pledges.pledge_docx, name="pledge_docx"),
    path("pledges/signed/<int:signing_id>/<str:digest>/", pledges.pledge_file, name="pledge_file"),
]
