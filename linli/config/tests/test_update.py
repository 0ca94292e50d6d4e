"""An update that fails half way leaves the data as they were; one that goes well brings them forward."""

from __future__ import annotations

import pytest

from linli.config.tests.test_backups import Installation, databases  # noqa: F401

SETTINGS = "from linli.config.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'newer']\n"
FIRST = """
from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [migrations.CreateModel("Thing", [("id", models.AutoField(primary_key=True))])]
"""
SECOND = """
from django.db import migrations

def fail(apps, schema_editor):
    raise ValueError("row 7 does not fit")

class Migration(migrations.Migration):
    dependencies = [("newer", "0001_thing")]
    operations = [migrations.RunPython(fail, migrations.RunPython.noop)]
"""


@pytest.fixture
def old(tmp_path, databases):  # noqa: F811
    return Installation(tmp_path / "old", databases()).stand()


def new_code(folder, house, *migrations):
    """The same installation with code that has one module more."""
    package = folder / "code" / "newer" / "migrations"
    package.mkdir(parents=True)
    (folder / "code" / "newer_settings.py").write_text(SETTINGS)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    for name, words in zip(("0001_thing.py", "0002_fail.py"), migrations, strict=False):
        (package / name).write_text(words)
    house.env |= {"PYTHONPATH": str(folder / "code"), "DJANGO_SETTINGS_MODULE": "newer_settings", "PORT": "1"}
    return house


TABLES = "from django.db import connection; print('newer_thing' in connection.introspection.table_names())"


@pytest.mark.slow
def test_update_that_fails_puts_everything_back(tmp_path, old):
    before = old.marks()
    house = new_code(tmp_path, old, FIRST, SECOND)
    failed = house.linli("update")
    assert failed.returncode == 1
    assert "row 7 does not fit" in failed.stderr
    assert "the data are as they were" in failed.stderr
    assert house.python(TABLES).strip() == "False"
    assert house.marks() == before
    assert (house.data / "files" / "ab" / "picture").exists()
    assert len(list(tmp_path.glob("old/*.before-update-*.tar.gz"))) == 1


@pytest.mark.slow
def test_update_that_goes_well_brings_the_data_forward(tmp_path, old):
    before = old.marks()
    house = new_code(tmp_path, old, FIRST)
    done = house.linli("update")
    assert done.stderr == ""
    assert "Updated" in done.stdout
    assert house.python(TABLES).strip() == "True"
    assert house.marks() == before
