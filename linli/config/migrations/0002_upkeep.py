from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("config", "0001_the_clocks_mark")]

    operations = [
        migrations.CreateModel(
            name="Upkeep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("day", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_good", models.BooleanField(default=False)),
                ("words", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "day"), name="upkeep_once_a_day")],
            },
        ),
    ]
