"""Addresses of projects, of what is reported on them, and of what waits."""

from django.urls import path

from yipanqi.standing.views import (
    claims,
    contacts,
    definitions,
    evidence,
    leaders,
    nots,
    place,
    projects,
    register,
    returns,
    verdicts,
)

urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/<int:project_id>/", projects.project, name="project"),
    path("projects/new/", register.project_new, name="project_new"),
    path("projects/<int:project_id>/edit/", register.project_edit, name="project_edit"),
    path("projects/<int:project_id>/parts/", register.parts, name="parts"),
    path("projects/<int:project_id>/claim/", claims.claim_new, name="claim_new"),
    path("projects/<int:project_id>/progress/", claims.progress_new, name="progress_new"),
    path("projects/<int:project_id>/plan/", claims.plan_new, name="plan_new"),
    path("projects/<int:project_id>/check/", leaders.check_new, name="check_new"),
    path("claims/<int:claim_id>/", claims.claim, name="claim"),
    path("claims/<int:claim_id>/withdraw/", claims.withdraw, name="withdraw"),
    path("claims/<int:claim_id>/false/", verdicts.find_false, name="find_false"),
    path("claims/<int:claim_id>/evidence/<str:digest>/", evidence.evidence, name="evidence"),
    path("pending/", verdicts.pending, name="pending"),
    path("pending/decide/", verdicts.decide, name="decide"),
    path("nots/", nots.nots, name="nots"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/new/", contacts.contact_new, name="contact_new"),
    path("contacts/<int:contact_id>/", contacts.contact, name="contact"),
    path("contacts/<int:contact_id>/correct/", contacts.contact_correct, name="contact_correct"),
    path("contacts/<int:contact_id>/withdraw/", contacts.contact_withdraw, name="contact_withdraw"),
    path("returns/", returns.returns, name="returns"),
    path("returns/<int:unit_id>/<int:year>/<int:month>/", returns.return_form, name="return_form"),
    path("place/", place.place, name="place"),
    path("place/edit/", definitions.place_edit, name="place_edit"),
    path("place/compare/", definitions.place_compare, name="place_compare"),
    path("place/<int:version_id>/", place.place_version, name="place_version"),
    path("place/<int:version_id>/page.yaml", definitions.place_export, name="place_export"),
    path("ledger/", place.ledger, name="ledger"),
]
