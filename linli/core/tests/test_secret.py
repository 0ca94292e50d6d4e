"""Encrypted columns and blind indexes."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import models

from linli.core import secret
from linli.core.secret import SecretField


def test_seal_opens_only_in_its_own_context():
    sealed = secret.seal("13800138000", "people.person.phone")
    assert secret.unseal(sealed, "people.person.phone") == "13800138000"
    with pytest.raises(InvalidTag):
        secret.unseal(sealed, "people.person.email")


def test_seal_never_looks_the_same_twice():
    assert secret.seal("x", "a.b") != secret.seal("x", "a.b")


def test_seal_notices_a_changed_byte():
    sealed = secret.seal("13800138000", "a.b")
    changed = sealed[:-2] + ("A" if sealed[-2] != "A" else "B") + sealed[-1]
    with pytest.raises(InvalidTag):
        secret.unseal(changed, "a.b")


def test_blind_index_finds_equal_words_in_one_context():
    assert secret.blind_index("13800138000", "phone") == secret.blind_index("13800138000", "phone")
    assert secret.blind_index("13800138000", "phone") != secret.blind_index("13800138000", "email")
    assert secret.blind_index("", "phone") == ""


def test_old_keys_still_open(settings):
    sealed = secret.seal("x", "a.b")
    settings.LINLI_KEYS = {**settings.LINLI_KEYS, "k2": "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="}
    settings.LINLI_KEY_ID = "k2"
    assert secret.unseal(sealed, "a.b") == "x"
    assert secret.seal("x", "a.b").startswith("k2:")


def test_secret_field_is_plain_text_to_a_migration():
    field = SecretField(blank=True, default="")
    assert field.deconstruct()[1] == "django.db.models.TextField"
    assert field.get_lookup("contains") is None
    assert field.get_lookup("isnull") is models.lookups.IsNull


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812345678", "138****5678"), ("88012", "***12"), ("", ""), ("7", "7")]
)
def test_phones_are_masked(phone, masked):
    assert secret.mask_phone(phone) == masked


def test_names_are_masked_in_any_script():
    assert [secret.mask_name(name) for name in ("索朗", "བསོད་ནམས", "Anna", "")] == ["索*", "བ*", "A*", ""]
