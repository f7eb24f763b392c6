"""Words of one character or more are found wherever they stand, on both databases."""

import pytest
from django.db import connection
from django.db.models import F

from yipanqi.core import words
from yipanqi.facts.projects.models import Project
from yipanqi.standing.factories import make_county, make_project


@pytest.fixture
def named(db):
    county = make_county()
    for name in ("磷酸铁锂电池项目", "铁合金50%_提标项目", "a|b\x1fc 项目"):
        make_project(county, name=name, investor="")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("锂", 1),
        ("铁锂", 1),
        ("锂铁", 0),
        ("铁", 2),
        ("项目", 3),
        ("50%_", 1),
        ("%", 1),
        ("a|b", 1),
        ("磷酸铁锂电池项目", 1),
    ],
)
def test_a_text_is_found_as_it_stands(named, text, found):
    assert Project.objects.filter(words.Reads(F("words"), text)).count() == found


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_has_an_index_for_them():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'project_pairs'")
        assert "core_pairs" in cursor.fetchone()[0]


@pytest.mark.postgresql
def test_what_nearly_every_row_has_is_looked_for_without_the_index(named):
    words._common.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE projects_project")

    common = str(Project.objects.named("项目").query)
    rare = str(Project.objects.named("铁锂").query)

    assert "core_pairs" not in common
    assert "core_pairs" in rare or "铁锂" in words._common("default", 0)
    words._common.cache_clear()
