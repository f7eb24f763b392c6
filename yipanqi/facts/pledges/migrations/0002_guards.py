"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('pledges', '0001_initial'), ('ledger', '0002_guards')]
    operations = [
        OnlyGrows("pledges_pledgeround"),
        OnlyGrows("pledges_pledge"),
        OnlyGrows("pledges_signing"),
    ]
