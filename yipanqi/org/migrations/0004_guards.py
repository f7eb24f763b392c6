"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('org', '0003_organise'), ('ledger', '0002_guards')]
    operations = [
        OnlyGrows("org_milestone"),
        OnlyGrows("org_milestonedone"),
    ]
