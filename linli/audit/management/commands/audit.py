"""``linli audit verify|seal|head``: prove that nobody changed the audit."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from linli.audit.actions import seal_records
from linli.audit.queries import audit_head, chain_heads, has_head, unsealed_count, verdicts
from linli.core.actor import system
from linli.core.times import now


class Command(BaseCommand):
    """The audit's own command."""

    help = "verify: walk every chain and name the first record altered, removed or put in; seal; head."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify", "seal", "head"])
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--head", default="", help="verify: a head printed or mailed earlier must still stand")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        told, lines, is_sound = getattr(self, f"_{act}")(options["head"])
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) if options["json"] else "\n".join(lines))
        if not is_sound:
            sys.exit(1)

    def _seal(self, head: str) -> tuple[dict[str, Any], list[str], bool]:
        sealed = seal_records(actor=system(now()), is_all=True)
        return {"sealed": sealed}, [f"{sealed} records sealed"], True

    def _head(self, head: str) -> tuple[dict[str, Any], list[str], bool]:
        chains = {code or "-": {"seals": number, "head": end} for code, (number, end) in chain_heads().items()}
        told = {"head": audit_head(), "chains": chains, "unsealed": unsealed_count()}
        return (
            told,
            [str(told["head"]), *(f"{code} {chain['seals']} {chain['head']}" for code, chain in chains.items())],
            True,
        )

    def _verify(self, head: str) -> tuple[dict[str, Any], list[str], bool]:
        found = list(verdicts(now()))
        faults = [asdict(verdict.fault) for verdict in found if verdict.fault]
        lost = bool(head) and not has_head(head)
        told = {
            "sound": not faults and not lost,
            "seals": sum(verdict.seals for verdict in found),
            "records": sum(verdict.records for verdict in found),
            "unsealed": unsealed_count(),
            "head": audit_head(),
            "faults": faults,
            "head_lost": lost,
        }
        lines = [f"{told['seals']} seals, {told['records']} records, {told['unsealed']} not yet sealed"]
        lines += [
            f"WRONG: community {one['community'] or '-'}, seal {one['seal']}: {one['what']} {one['uid']}".rstrip()
            for one in faults
        ]
        lines += [f"WRONG: no chain has the head {head} any more; seals were removed"] if lost else []
        return told, [*lines, "sound" if told["sound"] else "NOT sound"], bool(told["sound"])
