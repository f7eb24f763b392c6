"""How numbers and days are shown, and how a field is dressed."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django import forms
from django.template import Context, Template

from yipanqi.core.templatetags import ui


class Small(forms.Form):
    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "甲")])
    sure = forms.BooleanField()


@pytest.mark.parametrize(
    ("filter_", "value", "words"),
    [
        (ui.money, 36_000_000_000, "3.6亿元"),
        (ui.money, None, "—"),
        (ui.wan, 120_000_000, "120"),
        (ui.wan, None, "—"),
        (ui.yuan, 123_456_789, "1,234,567.89元"),
        (ui.yuan, None, "未填报"),
        (ui.pct, Fraction(324, 365), "88.8%"),
        (ui.share, Fraction(3, 5), "60%"),
        (ui.share, None, "—"),
        (ui.day, date(2026, 11, 20), "2026-11-20"),
        (ui.day, None, "—"),
        (ui.moment, datetime(2026, 11, 19, 17, 5, tzinfo=UTC), "2026-11-20 01:05"),
        (ui.moment, None, "—"),
    ],
)
def test_figures_are_shown_as_people_read_them(filter_, value, words):
    assert filter_(value) == words


def test_a_day_of_this_year_goes_without_its_year():
    today = date(2026, 11, 20)

    assert ui.brief(date(2026, 5, 9), today) == "05-09"
    assert ui.brief(date(2027, 1, 31), today) == "2027-01-31"
    assert ui.brief(None, today) == "—"


def test_a_field_is_dressed_for_its_kind_and_shows_that_it_is_wrong():
    form = Small({"kind": "a", "sure": "on"})

    assert 'class="form-control is-invalid"' in ui.control(form["name"])
    assert 'class="form-select"' in ui.control(form["kind"])
    assert 'class="form-check-input"' in ui.control(form["sure"])


def test_the_pieces_say_what_they_are_given():
    page = Template('{% include "ui/field.html" with field=field only %}{% icon "search" %}')

    html = page.render(Context({"field": Small({})["name"]}))

    assert "<label" in html
    assert 'class="error"' in html
    assert "vendor/icons.svg#search" in html
