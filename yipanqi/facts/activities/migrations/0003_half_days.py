"""A contact may say how long it was."""

from django.db import migrations, models

from yipanqi.ledger.guards import OnlyGrows, Open


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_guards")]

    operations = [
        Open("activities_contact"),
        migrations.AddField(
            model_name="contact",
            name="half_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="半天数"),
        ),
        OnlyGrows("activities_contact"),
    ]
