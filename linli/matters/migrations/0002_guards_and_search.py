from django.db import migrations

from ._guards import drop_guards, drop_index, make_index, raise_guards


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_matters")]
    operations = [
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(raise_guards, drop_guards),
    ]
