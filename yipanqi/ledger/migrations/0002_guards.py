"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import Chained, OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('ledger', '0001_initial')]
    operations = [
        Chained(),
        OnlyGrows("ledger_entry"),
    ]
