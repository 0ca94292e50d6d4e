"""What the tick does once a day for the machine itself: the backup to a second place, and the letter to the street."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from linli.audit.queries import chain_heads
from linli.config.actions import begin_upkeep, end_upkeep
from linli.config.backups.archive import write_backup
from linli.config.backups.engines import BackupError
from linli.config.models import Upkeep
from linli.config.queries import last_good
from linli.config.rules import BACKUP_FROM, LETTER_FROM, is_time_for, old_copies
from linli.core.actor import system
from linli.core.times import local, now, say_moment
from linli.notices.actions import queue_notices
from linli.notices.rules import Message

log = logging.getLogger(__name__)


def back_up_tonight(at: datetime) -> int:
    """Begin the night's backup where one is due, in a thread of its own: alarms do not wait for a disk."""
    upkeep = due("backup", at) if settings.LINLI_BACKUP_TO else None
    if upkeep is None:
        return 0
    threading.Thread(target=_in_own_thread, args=(upkeep,), name="backup").start()
    return 1


def due(kind: str, at: datetime) -> Upkeep | None:
    """Today's turn at a piece of upkeep, if its hour has come and nobody took it."""
    good = last_good(kind)
    begins = {"backup": BACKUP_FROM, "seal": LETTER_FROM}[kind]
    if not is_time_for(begins, at, good.day if good else None):
        return None
    return begin_upkeep(actor=system(at), kind=kind)


def _in_own_thread(upkeep: Upkeep) -> None:
    try:
        back_up(upkeep, now)
    finally:
        connection.close()


def back_up(upkeep: Upkeep, clock: Callable[[], datetime]) -> None:
    """Write the archive into the second place, note how it went, and let the oldest archives go."""
    place = Path(settings.LINLI_BACKUP_TO)
    try:
        manifest = write_backup(archive_name(place, clock()), clock())
    except BackupError as error:
        log.exception("the night's backup failed; it is tried again in an hour")
        words = str(error) if place.is_dir() else _("找不到第二个地方 %(place)s：盘没有插上？") % {"place": place}
        end_upkeep(actor=system(clock()), upkeep=upkeep, is_good=False, words=words)
        return
    end_upkeep(actor=system(clock()), upkeep=upkeep, is_good=True, words=said_of(manifest, place))
    for name in old_copies([file.name for file in place.iterdir()]):
        (place / name).unlink()


def archive_name(place: Path, at: datetime) -> Path:
    """What an archive is called; the names sort by age."""
    return place / f"linli-{local(at):%Y%m%d-%H%M%S}.tar.gz"


def said_of(manifest: dict[str, object], place: Path) -> str:
    """What the secretary reads of a backup."""
    tables = manifest["tables"]
    rows = sum(tables.values()) if isinstance(tables, dict) else 0
    return _("%(rows)s 行，%(files)s 个文件，在 %(place)s") % {"rows": rows, "files": manifest["files"], "place": place}


def mail_the_seal(at: datetime) -> int:
    """Each morning the ends of the audit's chains go to the street, so that nobody here can rewrite what was before."""
    upkeep = due("seal", at) if settings.LINLI_SEAL_MAIL else None
    if upkeep is None:
        return 0
    queue_notices(actor=system(at), messages=[seal_letter(at)])
    end_upkeep(actor=system(at), upkeep=upkeep, is_good=True, words=settings.LINLI_SEAL_MAIL)
    return 1


def seal_letter(at: datetime) -> Message:
    """The letter: each community's last seal, whole."""
    lines = [f"{community or '—'} #{number} {head}" for community, (number, head) in chain_heads().items()]
    words = _("%(at)s 各条审计链的最后一号。请留着：以后谁改了前面的记录，对一下就知道。") % {"at": say_moment(at)}
    return Message("seal", _("邻里审计尾码"), "\n".join([words, *lines]), email=settings.LINLI_SEAL_MAIL)


CHORES = (("config.backup", back_up_tonight), ("config.seal", mail_the_seal))
