from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_slips_devices_pins")]

    operations = [
        migrations.AddField(
            model_name="demomark", name="ahead_days", field=models.PositiveSmallIntegerField(default=0)
        ),
    ]
