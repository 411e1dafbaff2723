"""Each member chooses whether single keys press buttons."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_the_screens")]
    operations = [
        migrations.AddField(
            model_name="member",
            name="keys",
            field=models.CharField(default="on", max_length=8),
        ),
    ]
