"""``linli import <importer> FILE``: the same two steps as in the browser, for the one who keeps the machine."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.batches.actions import cancel_batch, confirm_batch, map_columns, receive_file
from linli.batches.clock import carry_on
from linli.batches.imports import IMPORTERS, Importer
from linli.batches.models import Batch
from linli.batches.queries import counts_of, importer_of, mapping_named, mappings_of, result_of
from linli.batches.rules import proposed_mapping, recognised
from linli.core.actor import Actor, Grant
from linli.core.errors import LinliError
from linli.core.times import now

HOURS = 24 * 3600.0


def _options(importer: Importer, given: list[str]) -> dict[str, Any]:
    """The importer's ticks and lines as the command line gives them."""
    said = {name: words for name, _, words in (option.partition("=") for option in given)}
    ticked = {name for name, words in said.items() if words not in {"0", "no"}}
    return {
        option.name: said.get(option.name, "") if option.is_text else option.name in ticked
        for option in importer.options
    }


class Command(BaseCommand):
    help = "Bring in a table: check it, and with --confirm take its good rows in. 录入表格。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("importer", help="what kind of table: " + ", ".join(sorted(one.name for one in IMPORTERS)))
        parser.add_argument("file", type=Path, help="an .xlsx, .xls, .ods or .csv file")
        parser.add_argument("--mapping", default="", help="a shipped or saved mapping of headings to columns")
        parser.add_argument("--create-places", action="store_true", help="add the places that the file names and lack")
        parser.add_argument(
            "--option", action="append", default=[], help="another option of the importer, NAME, NAME=1 or NAME=WORDS"
        )
        parser.add_argument(
            "--confirm", action="store_true", help="take the good rows in; without it nothing is changed"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **given: Any) -> None:
        begun = monotonic()
        try:
            result = self._run(given)
        except LinliError as error:
            details = [str(words) for messages in getattr(error, "fields", {}).values() for words in messages]
            raise CommandError(" ".join(dict.fromkeys([str(error.words), *details]))) from None
        except OSError as error:
            raise CommandError(str(error)) from None
        result["seconds"] = round(monotonic() - begun, 2)
        self._say(result, as_json=given["json"])
        if result["fault"]:
            raise CommandError(result["fault"])

    def _run(self, given: dict[str, Any]) -> dict[str, Any]:
        importer = importer_of(given["importer"])
        actor = Actor(now=now(), channel="command", hat="administrator", grants=(Grant("administrator", "everywhere"),))
        path = given["file"]
        batch = receive_file(actor=actor, importer=importer, name=path.name, content=path.read_bytes())
        name = given["mapping"] or recognised(batch.headings, mappings_of(importer))
        wanted = mapping_named(importer, name) if name else {}
        options = _options(importer, given["option"]) | {"create_places": given["create_places"], "mapping": name}
        mapping = proposed_mapping(batch.headings, importer.columns, wanted)
        batch = self._to_the_end(actor, map_columns(actor=actor, batch=batch, mapping=mapping, options=options))
        planned = counts_of(batch)
        if given["confirm"] and batch.state == "CHECKED":
            batch = self._to_the_end(actor, confirm_batch(actor=actor, batch=batch, without_bad=True))
        result = result_of(batch) | {"planned": planned, "mapping": mapping, "fault": batch.fault}
        if batch.state == "CHECKED":
            cancel_batch(actor=actor, batch=batch)
        return result

    def _to_the_end(self, actor: Actor, batch: Batch) -> Batch:
        """Step until the batch stands still; the same breakdown is not tried for ever."""
        carry_on(actor, batch, HOURS)
        while (batch := Batch.objects.get(pk=batch.pk)).state in {"CHECKING", "RUNNING"}:
            carry_on(actor, batch, HOURS)
        return batch

    def _say(self, result: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
            return
        for name in ("rows", "created", "changed", "already_there", "seconds"):
            self.stdout.write(f"{name:>14}: {result[name]}")
        self.stdout.write(f"       refused: {len(result['refused'])}")
        for row in result["refused"][:50]:
            self.stdout.write(f"  {row['row']}: {'; '.join(row['reasons'])}")
        for noted in result["noted"]:
            self.stdout.write(f"  {noted['note']} ({noted['count']})")
        if result["state"] == "CHECKED":
            self.stdout.write(f"planned: {result['planned']}; nothing was changed, say --confirm to take them in")
