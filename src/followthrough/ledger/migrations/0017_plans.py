"""Since when each of us is there again, and where a letter finds the firm."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0016_offers")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="awake_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="workspace",
            name="postal",
            field=models.TextField(blank=True, default=""),
        ),
    ]
