"""The doctor says what is lacking and what mends it."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from linli.config import doctor

NOVEMBER = datetime(2026, 11, 21, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_doctor_looks_at_everything(monkeypatch):
    assert [finding.name for finding in doctor.examine(NOVEMBER)] == [
        *("python", "data", "keys", "database", "backup", "assets"),
        *("paper", "fonts", "calendar", "standing", "nightly", "outward", "scanner", "developer"),
    ]


def test_doctor_names_the_package_when_a_library_is_missing(monkeypatch):
    monkeypatch.setattr(doctor, "library", lambda name: "subset" not in name)
    assert doctor.paper(NOVEMBER).mend == "apt-get install libharfbuzz-subset0"
    monkeypatch.setattr(doctor, "font_for", lambda language: language == "zh")
    assert doctor.fonts(NOVEMBER).mend == "apt-get install fonts-noto-core"


def test_doctor_warns_of_a_year_without_official_days():
    assert doctor.calendar(datetime(2026, 6, 1, tzinfo=UTC)).state == doctor.GOOD
    found = doctor.calendar(datetime(2026, 12, 1, tzinfo=UTC))
    assert (found.state, "2027" in found.words) == (doctor.WISH, True)


def test_doctor_does_not_faint(monkeypatch):
    def fainting(at):
        raise OSError("no such device")

    monkeypatch.setattr(doctor, "CHECKS", (fainting,))
    assert doctor.examine(NOVEMBER) == [doctor.Finding("fainting", doctor.NEED, "OSError: no such device")]


def test_doctor_speaks_json_and_fails_when_it_cannot_run(capsys, settings, tmp_path):
    elsewhere = {**settings.STORAGES["staticfiles"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": elsewhere}
    with pytest.raises(SystemExit):
        call_command("doctor", "--json")
    found = {finding["name"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert found["assets"]["mend"] == "linli prepare"
