"""Before Django reads its settings: a data folder and keys of the tests' own, and the database asked for.

A pytest plug-in (``-p tests.environment``), because pytest-django reads the settings before any ``conftest.py``.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="linli-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
(_folder / "keys.json").write_text(
    json.dumps({"keys": {"k1": base64.b64encode(b"k" * 32).decode()}, "use": "k1", "signing": "only-for-tests"})
)
for _name in [name for name in os.environ if name.startswith("LINLI_") and not name.startswith("LINLI_TEST_")]:
    del os.environ[_name]
os.environ["LINLI_DATA"] = str(_folder / "data")
os.environ["LINLI_KEY_FILE"] = str(_folder / "keys.json")
os.environ["LINLI_DATABASE_URL"] = os.environ.get("LINLI_TEST_DATABASE_URL", "")
