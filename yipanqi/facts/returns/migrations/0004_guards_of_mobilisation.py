"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('returns', '0003_mobilisation'), ('ledger', '0002_guards')]
    operations = [
        OnlyGrows("returns_mobilisation"),
        OnlyGrows("returns_mobilised"),
    ]
