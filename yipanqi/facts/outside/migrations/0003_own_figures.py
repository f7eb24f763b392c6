"""Figures of our own units stand beside those of other places."""

import django.db.models.deletion
from django.db import migrations, models

from yipanqi.ledger.guards import OnlyGrows, Open


class Migration(migrations.Migration):
    dependencies = [("org", "0005_leading"), ("outside", "0002_guards")]

    operations = [
        Open("outside_outsidefigure"),
        migrations.AddField(
            model_name="outsidefigure",
            name="of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="told_figures",
                to="org.unit",
            ),
        ),
        migrations.AddField(
            model_name="outsidefigure",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="更正理由"),
        ),
        migrations.AddField(
            model_name="outsidefigure",
            name="since",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="起始月份"),
        ),
        migrations.AlterField(
            model_name="outsidefigure",
            name="holder",
            field=models.CharField(blank=True, max_length=60, verbose_name="单位"),
        ),
        migrations.AddIndex(
            model_name="outsidefigure",
            index=models.Index(
                condition=models.Q(("of__isnull", False)),
                fields=["of", "indicator", "year", "seq"],
                name="told_by_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidefigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__gte", 1), ("since__lte", models.F("month"))),
                name="figure_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidefigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("of__isnull", True), ("holder", ""), _connector="XOR"),
                name="figure_is_of_us_or_of_others",
            ),
        ),
        OnlyGrows("outside_outsidefigure"),
    ]
