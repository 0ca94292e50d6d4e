"""The installation's secrets: a small file beside the data folder, never in it, made on the first start."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path


def keys_of(file: Path) -> tuple[dict[str, str], str, str]:
    """Encryption keys by id, the id in use, and the signing key, read from ``file``; made there if it is missing."""
    if not file.exists():
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        words = json.dumps({"keys": {"k1": key}, "use": "k1", "signing": secrets.token_urlsafe(48)})
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(words)
        except FileExistsError:
            pass  # another process of ours was first; its keys are the keys
    kept = json.loads(file.read_text())
    return kept["keys"], kept["use"], kept["signing"]
