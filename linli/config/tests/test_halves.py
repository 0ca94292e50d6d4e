"""Two halves make the keys; one makes nothing, and what was mistyped is found by its line."""

from __future__ import annotations

import json
import secrets

import pytest
from django.core.management import CommandError, call_command

from linli.config.backups.halves import TypingError, _content, halves_of, key_file_of, read_half
from linli.config.queries import last_good

KEYS = json.dumps({"keys": {"k1": "A" * 44}, "use": "k1", "signing": "s" * 64})


def test_both_halves_in_either_order_are_the_keys_as_typed_by_hand():
    one, two = halves_of(KEYS)
    typed = [read_half(half.text().lower().replace(" ", "  ")) for half in (two, one)]
    assert json.loads(key_file_of(typed)) == json.loads(KEYS)


def test_one_half_is_chance_each_time_anew():
    pairs = [halves_of(KEYS) for _ in range(200)]
    for number in (0, 1):
        contents = [_content(pair[number]) for pair in pairs]
        assert len(set(contents)) == 200
        ones = sum(byte.bit_count() for content in contents for byte in content)
        assert abs(ones / (8 * sum(map(len, contents))) - 0.5) < 0.02


def test_two_halves_alike_or_of_two_sheets_are_refused():
    (one, two), (other, _) = halves_of(KEYS), halves_of(KEYS)
    for pair in ((one, one), (other, two)):
        with pytest.raises(TypingError):
            key_file_of(pair)


def test_missing_lines_are_noticed():
    one, two = halves_of(KEYS)
    short = read_half("\n".join(one.text().splitlines()[:-2]))
    with pytest.raises(TypingError, match="missing"):
        key_file_of([short, two])


def fault_in(lines):
    """What is said of a half as typed; "" where nothing is."""
    try:
        read_half("\n".join(lines))
    except TypingError as error:
        return str(error)
    return ""


def test_a_wrong_letter_is_found_by_its_line():
    half = halves_of(KEYS)[0].text().splitlines()
    slipped = 0
    for place in range(300):
        at = 1 + place % (len(half) - 1)
        spots = [index for index, letter in enumerate(half[at]) if index > 2 and letter != " "]
        spot = spots[place // (len(half) - 1) % len(spots)]
        wrong = "B" if half[at][spot] != "B" else "C"
        fault = fault_in([*half[:at], half[at][:spot] + wrong + half[at][spot + 1 :], *half[at + 1 :]])
        slipped += not fault
        assert not fault or f"line {at} " in fault
    # two check characters let one slip in 1,024 go by; the digest over the whole catches those
    assert slipped <= 5


@pytest.mark.django_db
def test_command_writes_two_halves_from_which_it_makes_the_key_file(settings, tmp_path, monkeypatch, capsys):
    settings.LINLI_KEY_FILE = tmp_path / "keys.json"
    settings.LINLI_KEY_FILE.write_text(json.dumps({"keys": {"k1": secrets.token_hex(22)}, "use": "k1", "signing": "x"}))
    monkeypatch.setattr("linli.config.management.commands.keys.pdf_of", without_printer)
    call_command("keys", "sheet", str(tmp_path))
    halves = sorted(tmp_path.glob("linli-*.txt"))
    assert len(halves) == 2
    assert last_good("sheet").words in halves[0].name
    call_command("keys", "join", *map(str, halves), "--to", str(tmp_path / "again.json"))
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(settings.LINLI_KEY_FILE.read_text())
    with pytest.raises(CommandError):
        call_command("keys", "join", *map(str, halves), "--to", str(tmp_path / "again.json"))
    with pytest.raises(CommandError):
        call_command("keys", "join", str(halves[0]), str(halves[0]), "--to", str(tmp_path / "third.json"))


def without_printer(template, context):
    from linli.ui.prints import NoPrinter

    raise NoPrinter
