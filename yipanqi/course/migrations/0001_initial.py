"""What everybody had at the end of each day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("org", "0006_county")]
    operations = [
        migrations.CreateModel(
            name="DayScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="代号")),
                ("day", models.DateField(verbose_name="日期")),
                ("seq", models.BigIntegerField()),
                ("group", models.CharField(max_length=60, verbose_name="分组")),
                ("decimals", models.PositiveSmallIntegerField()),
                ("total_text", models.CharField(blank=True, max_length=400)),
                ("rank", models.PositiveIntegerField(null=True)),
                ("points_text", models.TextField()),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["place", "code", "day"], name="scores_of_a_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("holder", "code", "day"), name="one_score_a_day_of_a_method"
                    )
                ],
            },
        ),
    ]
