"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('standing', '0006_bulk')]
    operations = [
        OnlyGrows("standing_bulkchange"),
    ]
