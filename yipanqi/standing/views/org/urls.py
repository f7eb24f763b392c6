"""Addresses of the organisation."""

from django.urls import path

from yipanqi.standing.views.org import groups, pairings, people, units

urlpatterns = [
    path("", units.org, name="org"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("units/<int:unit_id>/edit/", units.unit_edit, name="unit_edit"),
    path("units/<int:unit_id>/close/", units.unit_close, name="unit_close"),
    path("units/<int:unit_id>/duty/", units.duty_new, name="duty_new"),
    path("duties/<int:duty_id>/end/", units.duty_end, name="duty_end"),
    path("units/<int:unit_id>/post/", people.post_new, name="post_new"),
    path("posts/<int:post_id>/", people.post_edit, name="post_edit"),
    path("posts/<int:post_id>/end/", people.post_end, name="post_end"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<int:group_id>/charter/", groups.charter_edit, name="charter_edit"),
    path("groups/<int:group_id>/units/", groups.member_unit_new, name="member_unit_new"),
    path("groups/<int:group_id>/members/", groups.member_new, name="member_new"),
    path("groups/<int:group_id>/milestones/", groups.milestone_new, name="milestone_new"),
    path("members/<int:member_id>/end/", groups.member_end, name="member_end"),
    path("memberships/<int:membership_id>/end/", groups.member_unit_end, name="member_unit_end"),
    path("milestones/<int:milestone_id>/", groups.milestone_change, name="milestone_change"),
    path("milestones/<int:milestone_id>/done/", groups.milestone_done, name="milestone_done"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:person_id>/active/", people.person_active, name="person_active"),
    path("people/<int:person_id>/password/", people.person_password, name="person_password"),
    path("pairings/", pairings.pairings, name="pairings"),
    path("pairings/new/", pairings.pairing_new, name="pairing_new"),
    path("pairings/<int:pairing_id>/end/", pairings.pairing_end, name="pairing_end"),
]
