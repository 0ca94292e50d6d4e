"""Lists of old reports from other systems: hotlines, mailboxes of citizens, a neighbour's spreadsheet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Importer, Option
from linli.lists.imports.columns import COLUMNS, MAPPINGS
from linli.lists.imports.ground import survey
from linli.lists.imports.rows import check, commit
from linli.tickets.permissions import may_import

TICKETS = Importer(
    name="tickets",
    words=_("以前反映的事"),
    columns=COLUMNS,
    may=may_import,
    check=check,
    commit=commit,
    options=(
        Option("create_places", _("补建文件里有、系统里没有的区、街道、社区和承办单位")),
        Option(
            "place",
            _("没有写地方的，记在哪里"),
            is_text=True,
            help=_("填社区、街道或区的名称或代码。不填就记在文件里唯一的区，或您自己负责的地方。"),
        ),
    ),
    mappings=MAPPINGS,
    checks_whole=True,
    survey=survey,
    help=_("录进来的都是已经办结的旧事：不发通知，按时不按时照原来的说法，算在反映的那个月。同一个编号只录一次。"),
)
