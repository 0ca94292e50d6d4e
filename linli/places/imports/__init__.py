"""Tables of places: official streets and communities, buildings and homes, and our own export."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Importer, Option
from linli.places.imports.columns import COLUMNS, TEMPLATE
from linli.places.imports.rows import check_places, commit_places, export_places, gone_places
from linli.places.permissions import may_import

PLACES = Importer(
    name="places",
    words=_("地方（区划、小区、楼栋、房屋）"),
    columns=COLUMNS,
    may=may_import,
    check=check_places,
    commit=commit_places,
    gone=gone_places,
    options=(
        Option("create_places", _("补建缺少的上级（街道、小区、楼栋、单元）"), default=True),
        Option(
            "place",
            _("没有写社区的，记在哪里"),
            is_text=True,
            help=_("填社区或小区的名称或代码。不填就记在您自己负责的社区。"),
        ),
    ),
    template=TEMPLATE,
    export=export_places,
    checks_whole=True,
    help=_(
        "三种写法都行：填代码、名称、级别、上级代码；或者填社区、小区、楼栋、单元、户号；"
        "或者把地址写在一格里，例如 3#-2-501、三号楼2单元501。空着的格子不改原来的内容。"
    ),
)
