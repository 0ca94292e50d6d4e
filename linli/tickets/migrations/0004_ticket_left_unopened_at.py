from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0003_released_copies")]

    operations = [
        migrations.AddField("ticket", "left_unopened_at", models.DateTimeField(null=True)),
    ]
