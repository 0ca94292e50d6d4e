import json

import pytest
from django.core.management import CommandError, call_command

from linli.charters.queries import charter_of
from linli.charters.tests.conftest import STRICTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def linli(capsys):
    def call(*words):
        call_command("charter", *words)
        return capsys.readouterr().out.strip()

    return call


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "charter.toml"
    path.write_text(STRICTER, "utf-8")
    return path


def test_check_says_good(linli, file):
    assert linli("check", str(file)) == "good"


def test_check_names_every_fault(linli, file, capsys):
    file.write_text(STRICTER.replace("3个工作日", "9个工作日") + "colour = 1\n", "utf-8")
    with pytest.raises(SystemExit):
        linli("check", str(file), "--json")
    told = json.loads(capsys.readouterr().out)
    assert [fault["path"] for fault in told["faults"]] == ["classes.G.finish", "categories.fountain.colour"]
    assert all(fault["line"] for fault in told["faults"])


def test_apply_and_show(linli, file, community):
    assert "version 1" in linli("apply", str(file), "--community", community.code)
    assert charter_of(community.pk).title.zh == "雪莲社区章程"
    assert linli("show", "--community", community.code) == STRICTER.strip()
    assert "3个工作日" in linli("show", "--plain", "--community", community.code)
    assert json.loads(linli("show", "--json", "--community", community.code))["classes"]["G"]["finish"] == "3个工作日"


def test_show_without_a_community_is_the_national_profile(linli):
    assert "cn-default" in linli("show")


def test_diff_compares_versions_files_and_profiles(linli, file, community):
    assert "classes.G.finish: 5个工作日 → 3个工作日" in linli("diff", str(file), "--community", community.code)
    linli("apply", str(file), "--community", community.code)
    assert linli("diff", "1", str(file), "--community", community.code) == "no difference"
    assert "categories.stall.zh: 占道摆摊 → -" in linli("diff", "cn-default", "1", "--community", community.code)


def test_calendar_brings_in_a_year(linli, tmp_path):
    days = tmp_path / "days.toml"
    days.write_text('[2026]\nrest = ["02-15/02-26 藏历新年"]\n', "utf-8")
    assert linli("calendar", str(days), "--layer", "54").splitlines()[0] == "3 days changed"


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "/nowhere.toml"],
        ["apply", "/nowhere.toml"],
        ["show", "mars"],
        ["show", "--community", "999"],
        ["diff"],
        ["diff", "7"],
        ["calendar", "/nowhere.toml"],
    ],
)
def test_command_says_what_is_wrong(linli, words):
    with pytest.raises(CommandError):
        linli(*words)
