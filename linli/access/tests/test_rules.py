"""Passphrases, locks, paths: plain values."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.access import rules
from linli.people.tests.conftest import NOW


@pytest.mark.parametrize(
    ("words", "is_good"),
    [
        ("Abcdefgh1", False),
        ("Abcdefghi1", True),
        ("abcdefghij", False),
        ("abcdefghi1", False),
        ("abcdefgh1!", True),
        ("correct horse", False),
        ("correct horse b", True),
        ("今天雪莲苑的柳树又发了新芽呀", True),
        ("aaaaaaaaaaaaaaaa", False),
        ("my name is limei ok", False),
        ("x" * 60 + "abcdefg" * 10, False),
    ],
)
def test_passphrase_is_long_or_mixed(words, is_good):
    assert (rules.passphrase_faults(words, "limei", "李梅") == []) is is_good


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, None), (4, None), (5, 15), (6, None), (10, 30), (15, 60), (200, 24 * 60)]
)
def test_lock_grows(failures, minutes):
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert rules.lock_after(failures) == expected


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        ("/day/?a=1", "/day/?a=1"),
        ("", "/"),
        ("day/", "/"),
        ("//evil", "/"),
        ("/\\evil", "/"),
        ("https://evil", "/"),
        ("/a\nb", "/"),
        ("///evil", "/"),
        ("/\tevil", "/"),
    ],
)
def test_path_is_local(wanted, sent):
    assert rules.local_path(wanted, "/") == sent


def test_totp_step_is_near_now_and_never_again():
    import pyotp

    secret = pyotp.random_base32()
    step = int(NOW.timestamp()) // 30
    code = pyotp.TOTP(secret).generate_otp(step - 1)
    assert rules.totp_step_of(secret, code, NOW, 0) == step - 1
    assert rules.totp_step_of(secret, code, NOW, step - 1) is None
    assert rules.totp_step_of(secret, code, NOW + timedelta(minutes=2), 0) is None


@pytest.mark.parametrize(
    ("post", "proof", "second", "may"),
    [
        ("resident", "code", False, True),
        ("captain", "code", False, True),
        ("desk", "code", True, False),
        ("desk", "passphrase", False, True),
        ("secretary", "passphrase", False, False),
        ("secretary", "passphrase", True, True),
        ("nobody", "passphrase", True, False),
    ],
)
def test_post_is_worn_after_the_right_proof(post, proof, second, may):
    assert rules.may_wear(post, proof, second) is may


@pytest.mark.parametrize(("typed", "login"), [(" Li.Mei ", "li.mei"), ("ab", None), ("李梅", None), ("a b c", None)])
def test_login_is_plain(typed, login):
    if login is None:
        with pytest.raises(ValueError, match=typed.strip() or "."):
            rules.clean_login(typed)
    else:
        assert rules.clean_login(typed) == login


def test_argon2id_is_what_stands_in_the_table(settings):
    from django.contrib.auth.hashers import make_password

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert make_password("anything").startswith("argon2$argon2id$")
