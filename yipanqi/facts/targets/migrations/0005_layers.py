"""A task may be issued by others, and at several tiers."""

from django.db import migrations, models

from yipanqi.ledger.guards import OnlyGrows, Open


class Migration(migrations.Migration):
    dependencies = [("targets", "0004_plans")]

    operations = [
        Open("targets_target"),
        migrations.AddField(
            model_name="target",
            name="issuer",
            field=models.CharField(blank=True, max_length=40, verbose_name="下达单位"),
        ),
        migrations.AddField(
            model_name="target",
            name="tier",
            field=models.CharField(blank=True, max_length=20, verbose_name="档次"),
        ),
        OnlyGrows("targets_target"),
    ]
