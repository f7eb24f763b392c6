"""What is written stays written."""

from django.db import migrations

from yipanqi.ledger.guards import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [('projects', '0001_initial'), ('ledger', '0002_guards')]
    operations = [
        OnlyGrows("projects_claim"),
        OnlyGrows("projects_progress"),
        OnlyGrows("projects_plan"),
        OnlyGrows("projects_withdrawal"),
    ]
