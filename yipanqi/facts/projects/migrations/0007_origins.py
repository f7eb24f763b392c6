"""Measures choose by where an investor is from, by currency, and by the amount in it."""

import json
from collections import defaultdict
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NEW = ("origin", "currency", "total")
AS_IT_IS = """
UPDATE projects_projectspan SET
  origin = (SELECT p.origin FROM projects_project p WHERE p.id = project_id),
  currency = (SELECT p.currency FROM projects_project p WHERE p.id = project_id),
  total = (SELECT p.total FROM projects_project p WHERE p.id = project_id)
"""


def as_it_was(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Spans of projects whose origin, currency or total was amended say what it was in between."""
    entries = apps.get_model("ledger", "Entry").objects.using(schema_editor.connection.alias)
    span_model = apps.get_model("projects", "ProjectSpan")
    amended: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    rows = entries.filter(kind="amend:projects.project").order_by("seq")
    for seq, subject, payload in rows.values_list("seq", "subject", "payload").iterator():
        said = json.loads(payload)
        if any(said["before"].get(name) != said["after"].get(name) for name in NEW):
            amended[int(subject.rpartition(":")[2])].append((seq, said))
    for project_id, changes in amended.items():
        _split(span_model, project_id, changes)


def _split(spans: Any, project_id: int, changes: list[tuple[int, dict[str, Any]]]) -> None:
    for seq, _said in changes:
        span = spans.objects.get(project_id=project_id, from_seq__lte=seq, to_seq__gt=seq)
        if span.from_seq < seq:
            last = span.to_seq
            spans.objects.filter(pk=span.pk).update(to_seq=seq)
            span.pk, span.from_seq, span.to_seq = None, seq, last
            span.save(force_insert=True)
    for span in spans.objects.filter(project_id=project_id):
        for name in NEW:
            after = [s["after"][name] for q, s in changes if q <= span.from_seq and name in s["after"]]
            before = [s["before"][name] for _q, s in changes if name in s["before"]]
            if after or before:
                setattr(span, name, after[-1] if after else before[0])
        span.save()


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_desk"), ("ledger", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="projectspan",
            name="currency",
            field=models.CharField(default="CNY", max_length=3),
        ),
        migrations.AddField(
            model_name="projectspan",
            name="origin",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="projectspan",
            name="total",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunSQL(AS_IT_IS, migrations.RunSQL.noop),
        migrations.RunPython(as_it_was, migrations.RunPython.noop),
    ]
