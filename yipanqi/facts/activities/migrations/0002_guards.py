"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('activities', '0001_initial'), ('ledger', '0002_guards')]
    operations = [
        OnlyGrows("activities_contact"),
        OnlyGrows("activities_presence"),
        OnlyGrows("activities_contactwithdrawal"),
        OnlyGrows("activities_check"),
    ]
