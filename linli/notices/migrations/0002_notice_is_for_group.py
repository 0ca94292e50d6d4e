from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_tables")]

    operations = [
        migrations.AddField("notice", "is_for_group", models.BooleanField(default=False)),
    ]
