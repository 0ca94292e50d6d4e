"""What a long pile of posters says of a person: who has it printed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.people.held import Field
from linli.people.held.below import let_go_in_time

PAPERS = let_go_in_time(
    "papers",
    _("排队打印的海报"),
    Field("papers.printrun.owner_uid", _("谁要打印的（编号）"), _("做好了告诉谁"), "legal_duty", _("2 天"), "L1"),
)
