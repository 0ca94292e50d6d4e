"""``linli doctor``: what the machine lacks, and the command that mends it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from linli.config.doctor import NEED, examine
from linli.core.times import now

MARKS = {"good": "✓", "wish": "–", "need": "✗"}


class Command(BaseCommand):
    """Look at the machine."""

    help = "Tell what this machine lacks and the command that mends it. Fails only where Linli cannot run."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        findings = examine(now())
        self.stdout.write(as_json(findings) if json else "\n".join(as_lines(findings)))
        if any(finding.state == NEED for finding in findings):
            sys.exit(1)


def as_json(findings: list[Any]) -> str:
    """The findings for a program."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1)


def as_lines(findings: list[Any]) -> list[str]:
    """The findings for a person."""
    lines = []
    for finding in findings:
        lines.append(f"{MARKS[finding.state]} {finding.name:10} {finding.words}")
        if finding.mend:
            lines.append(f"{'':12} → {finding.mend}")
    return lines
