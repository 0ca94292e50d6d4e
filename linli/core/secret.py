"""Encrypted columns: AES-256-GCM, bound to model and field, with a key id so that keys can change (HOUSE 7)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


@lru_cache(maxsize=64)
def _key(key_id: str, use: str) -> bytes:
    """A 32-byte key for one use, derived from the installation's secret named ``key_id``. Raises `KeyError`."""
    root = base64.b64decode(settings.LINLI_KEYS[key_id])
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"linli/{use}".encode()).derive(root)


def seal(words: str, context: str) -> str:
    """``words`` encrypted for ``context`` (``model.field``): ``key id:base64(nonce + cipher)``."""
    key_id = settings.LINLI_KEY_ID
    nonce = os.urandom(12)
    cipher = AESGCM(_key(key_id, "field")).encrypt(nonce, words.encode(), context.encode())
    return f"{key_id}:{base64.b64encode(nonce + cipher).decode()}"


def unseal(sealed: str, context: str) -> str:
    """What `seal` hid. Raises `cryptography.exceptions.InvalidTag` where the context or the bytes are others."""
    key_id, _, body = sealed.partition(":")
    raw = base64.b64decode(body)
    return AESGCM(_key(key_id, "field")).decrypt(raw[:12], raw[12:], context.encode()).decode()


def blind_index(words: str, context: str) -> str:
    """A keyed digest by which equal values are found without being read (32 hex figures); "" for ""."""
    if not words:
        return ""
    return hmac.new(_key(settings.LINLI_KEY_ID, f"index/{context}"), words.encode(), hashlib.sha256).hexdigest()[:32]


def digest(words: str, use: str) -> str:
    """A keyed digest of a code (receipt, one-time code), so that the table does not hold the code itself."""
    return hmac.new(_key(settings.LINLI_KEY_ID, f"digest/{use}"), words.encode(), hashlib.sha256).hexdigest()


class SecretField(models.TextField):
    """A text column that is ciphertext at rest. Empty text stays empty. It cannot be searched; use `blind_index`."""

    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def deconstruct(self) -> Any:
        """To a migration it is a plain text column: the database holds text, and migrations import nothing of ours."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value), self._context()) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value, self._context()) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked of a secret."""
        if lookup_name in {"exact", "isnull"}:
            return super().get_lookup(lookup_name)
        return None


def mask_phone(phone: str) -> str:
    """``138****5678``; shorter numbers keep their last two figures (PRV-037)."""
    if len(phone) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:]


def mask_name(name: str) -> str:
    """``索*``: the first letter of a name in any script, and a star."""
    return f"{name[:1]}*" if name else ""
