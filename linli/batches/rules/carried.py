"""A mapping as one small file that is carried from desk to desk. It holds headings and no data."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.batches.rules.tables import refuse

KIND = "linli mapping 1"
MAX_BYTES, LONGEST = 64 * 1024, 200


@dataclass(frozen=True, slots=True)
class Carried:
    """What such a file says."""

    name: str
    mapping: dict[str, str]
    options: dict[str, Any]


def write_mapping(importer: str, name: str, mapping: Mapping[str, str], options: Mapping[str, Any]) -> bytes:
    """The file: readable, the same bytes for the same mapping."""
    said = {"kind": KIND, "importer": importer, "name": name, "mapping": mapping, "options": options}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_mapping(content: bytes, importer: str, columns: Collection[str], options: Collection[str]) -> Carried:
    """What the file says, as far as the importer knows it. Raises `BadInput`."""
    broken = refuse(_("这不是邻里的列名对应文件。请向同事要“下载对应”得到的那个文件。"))
    try:
        said = json.loads(content) if len(content) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        raise broken from None
    if not isinstance(said, dict) or said.get("kind") != KIND:
        raise broken
    if said.get("importer") != importer:
        raise refuse(_("这份对应是给另一种表格用的。请到那种表格下面去放。"))
    name, mapping = said.get("name"), _texts(said.get("mapping"), columns)
    if not isinstance(name, str) or not name.strip() or not mapping:
        raise broken
    ticks = said.get("options")
    pairs = ticks.items() if isinstance(ticks, dict) else ()
    kept = {key: value for key, value in pairs if key in options and isinstance(value, bool | str)}
    return Carried(name.strip()[:60], mapping, kept)


def _texts(said: Any, columns: Collection[str]) -> dict[str, str]:
    pairs = said.items() if isinstance(said, dict) else ()
    return {key: words[:LONGEST] for key, words in pairs if key in columns and isinstance(words, str) and words}
