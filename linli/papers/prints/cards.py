"""What a card says of a matter that is done, in both scripts with the same content."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SAYINGS = {
    "fixed": _("修好了"),
    "neighbours": _("位邻居说过这件事"),
    "days": _("天办好"),
    "yuan": _("元"),
    "table": _("在议事会上商量过"),
    "scan": _("扫一扫，看怎么办的"),
    "again": _("又坏了？扫码说一声，或打电话"),
}
