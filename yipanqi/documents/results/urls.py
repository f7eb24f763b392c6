"""Addresses of results, notices, objections and seals."""

from django.urls import path

from yipanqi.documents.results.views import courses, notices, objections, seals

urlpatterns = [
    path("results/", courses.results, name="results"),
    path("results/new/", courses.result_new, name="result_new"),
    path("results/<str:code>/<str:period>/", courses.result, name="result"),
    path("results/<str:code>/<str:period>/draft/", courses.result_draft, name="result_draft"),
    path("notices/<int:notice_id>/", notices.notice, name="notice"),
    path("notices/<int:notice_id>/word/", notices.notice_docx, name="notice_docx"),
    path("notices/<int:notice_id>/seal/", seals.seal_new, name="seal_new"),
    path("notices/<int:notice_id>/<int:holder_id>/", notices.workings, name="workings"),
    path(
        "notices/<int:notice_id>/<int:holder_id>/object/",
        objections.objection_new,
        name="objection_new",
    ),
    path("objections/<int:objection_id>/", objections.objection, name="objection"),
    path(
        "objections/<int:objection_id>/answer/",
        objections.objection_answer,
        name="objection_answer",
    ),
    path(
        "objections/<int:objection_id>/files/<str:digest>/",
        objections.objection_file,
        name="objection_file",
    ),
    path("seals/<int:seal_id>/", seals.seal, name="seal"),
    path("seals/<int:seal_id>/word/", seals.seal_docx, name="seal_docx"),
    path("seals/<int:seal_id>/package.zip", seals.seal_package, name="seal_package"),
    path("seals/<int:seal_id>/late/", seals.seal_late, name="seal_late"),
    path("seals/<int:seal_id>/compare/", seals.seal_compare, name="seal_compare"),
    path("seals/<int:seal_id>/publish/", seals.seal_publish, name="seal_publish"),
    path("seals/<int:seal_id>/reopen/", seals.reopening_new, name="reopening_new"),
    path("seals/<int:seal_id>/sign/", seals.seal_sign, name="seal_sign"),
    path("seals/<int:seal_id>/<int:holder_id>/", seals.receipt, name="seal_receipt"),
    path(
        "seals/<int:seal_id>/<int:holder_id>/receipt.json", seals.receipt_file, name="receipt_file"
    ),
    path("reopenings/<int:reopening_id>/decide/", seals.reopening_decide, name="reopening_decide"),
]
