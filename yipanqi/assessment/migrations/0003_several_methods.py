"""A place may have several methods, each under a code of its own."""

from django.db import migrations, models

from yipanqi.ledger.guards import OnlyGrows, Open


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_guards")]
    operations = [
        Open("assessment_methodversion"),
        migrations.RemoveConstraint("methodversion", "method_version_once"),
        migrations.AddField(
            "methodversion",
            "code",
            models.CharField(default="annual", max_length=20, verbose_name="代号"),
        ),
        migrations.AddConstraint(
            "methodversion",
            models.UniqueConstraint(
                fields=("place", "code", "number"), name="method_version_once"
            ),
        ),
        OnlyGrows("assessment_methodversion"),
    ]
