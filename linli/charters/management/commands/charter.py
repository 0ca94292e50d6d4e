"""``linli charter check|apply|show|diff|calendar``: a community's own rules, by file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.charters.actions import FaultyCharter, apply_charter, change_calendar
from linli.charters.queries import charter_of, version_of, versions_of
from linli.charters.rules.diff import differences
from linli.charters.rules.faults import Fault
from linli.charters.rules.plain import office_hours, promises
from linli.charters.rules.profiles import check, profile_data, profile_names, profile_text
from linli.core.actor import system
from linli.core.errors import BadInput, NotFound
from linli.core.times import now
from linli.places.models import Place
from linli.places.queries import place_by_code


class Command(BaseCommand):
    """Charters and the working calendar."""

    help = (
        "check FILE; apply FILE --community CODE; show [PROFILE] [--community CODE] [--plain]; "
        "diff ONE [OTHER] [--community CODE] (file, profile, or number of an applied version); "
        "calendar FILE [--layer CODE]."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check", "apply", "show", "diff", "calendar"])
        parser.add_argument("what", nargs="*", help="a file, a shipped profile, or the number of an applied version")
        parser.add_argument("--community", default="", help="the community's place code")
        parser.add_argument("--layer", default="", help="calendar: beginning of the place codes that it holds for")
        parser.add_argument("--plain", action="store_true", help="show: plain sentences in place of the file")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, act: str, what: list[str], **options: Any) -> None:
        self.community = self._place(options["community"])
        self.is_json: bool = options["json"]
        self.options = options
        getattr(self, f"_{act}")(what)

    def _place(self, code: str) -> Place | None:
        try:
            return place_by_code(code) if code else None
        except NotFound:
            raise CommandError(f"no place has the code {code}") from None

    def _text(self, what: Sequence[str]) -> str:
        if len(what) != 1:
            raise CommandError("name one file")
        try:
            return Path(what[0]).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"cannot read {what[0]}: {error}") from None

    def _told(self, told: dict[str, Any], lines: Sequence[str]) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) if self.is_json else "\n".join(lines))

    def _faults(self, faults: Sequence[Fault]) -> None:
        """Prints every fault and ends the command with 1."""
        told = [{"line": one.line, "path": one.path, "fault": one.words} for one in faults]
        self._told({"good": False, "faults": told}, [str(fault) for fault in faults])
        raise SystemExit(1)

    def _check(self, what: list[str]) -> None:
        checked = check(self._text(what))
        if not checked.is_good:
            self._faults(checked.faults)
        self._told({"good": True, "faults": []}, ["good"])

    def _apply(self, what: list[str]) -> None:
        if self.community is None:
            raise CommandError("say which community: --community CODE")
        try:
            version = apply_charter(actor=system(now()), community=self.community, text=self._text(what))
        except FaultyCharter as faulty:
            self._faults(faulty.faults)
        except BadInput as bad:
            raise CommandError("; ".join(str(words) for rows in bad.fields.values() for words in rows)) from None
        else:
            line = f"{self.community.code} {self.community.name}: version {version.number} in force"
            self._told({"community": self.community.code, "version": version.number}, [line])

    def _show(self, what: list[str]) -> None:
        community_id = self.community.pk if self.community else None
        if self.options["plain"]:
            charter = charter_of(community_id)
            lines = [f"{one.title}: {one.contact} / {one.finish or '-'}" for one in promises(charter, "zh")]
            lines += [f"每月 {'、'.join(map(str, charter.meeting_days))} 日议事", f"工作日 {office_hours(charter)}"]
            self._told({"title": charter.title.zh, "promises": lines}, [charter.title.zh, *lines])
        elif self.is_json:
            self.stdout.write(json.dumps(dict(charter_of(community_id).data), ensure_ascii=False, indent=1))
        else:
            last = versions_of(community_id).first() if self.community and not what else None
            self.stdout.write(last.text if last else self._profile(what[0] if what else "cn-default"))

    def _profile(self, name: str) -> str:
        try:
            return profile_text(name)
        except KeyError:
            raise CommandError(f"no profile {name}; there are: {', '.join(profile_names())}") from None

    def _data(self, name: str) -> dict[str, Any]:
        """The merged data of a version number, a profile or a file."""
        if name.isdecimal():
            try:
                return dict(version_of(self.community.pk if self.community else None, int(name)).data)
            except NotFound:
                raise CommandError(f"no version {name} there") from None
        shipped = profile_data(name)
        if shipped is not None:
            return shipped
        checked = check(self._text([name]))
        if not checked.is_good:
            self._faults(checked.faults)
        return checked.data

    def _diff(self, what: list[str]) -> None:
        if not 1 <= len(what) <= 2:
            raise CommandError("name one or two files, profiles or version numbers")
        community_id = self.community.pk if self.community else None
        before = self._data(what[0]) if len(what) == 2 else charter_of(community_id).data
        found = differences(before, self._data(what[-1]))
        told = [{"path": one.path, "before": one.before, "after": one.after} for one in found]
        self._told({"differences": told}, [str(one) for one in found] or ["no difference"])

    def _calendar(self, what: list[str]) -> None:
        try:
            change = change_calendar(actor=system(now()), text=self._text(what), layer=self.options["layer"])
        except BadInput as bad:
            raise CommandError("; ".join(str(words) for words in bad.fields["text"])) from None
        days = list(change.days) if change else []
        self._told({"layer": self.options["layer"], "changed": days}, [f"{len(days)} days changed", *days])
