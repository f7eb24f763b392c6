"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('judging', '0001_initial'), ('ledger', '0002_guards')]
    operations = [
        OnlyGrows("judging_round"),
        OnlyGrows("judging_opensheet"),
        OnlyGrows("judging_secretsheet"),
        OnlyGrows("judging_closing"),
    ]
