"""The unit is one that systemd reads, with this installation's settings as they are."""

from __future__ import annotations

import shutil
import subprocess
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from linli.config.management.commands.service import quoted, unit_of


def test_unit_is_right_in_the_eyes_of_systemd(tmp_path, monkeypatch):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    monkeypatch.setenv("LINLI_SMTP_PASSWORD", 'a "b" 100% $HOME \\n')
    (tmp_path / "linli.service").write_text(unit_of("root", "0.0.0.0"))
    words = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "linli.service")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "linli" not in done.stderr, done.stderr


def test_unit_holds_the_settings_unexpanded(settings, monkeypatch):
    monkeypatch.setenv("LINLI_PUBLIC_URL", "https://linli.example.cn")
    unit = unit_of("linli", "127.0.0.1")
    assert 'Environment="LINLI_PUBLIC_URL=https://linli.example.cn"' in unit
    assert f'Environment="LINLI_DATA={settings.LINLI_DATA}"' in unit
    assert quoted('100% "x" $y') == '100%% \\"x\\" $y'


def test_service_is_written_for_its_owner_alone_or_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="systemd"):
        call_command("service", "install", "--folder", str(tmp_path), stdout=StringIO())
    assert (tmp_path / "linli.service").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="sudo"):
        call_command("service", "install", "--folder", str(tmp_path / "nowhere"), stdout=StringIO())
