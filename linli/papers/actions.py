"""The trial of an address, before codes that lead there hang on doors."""

from __future__ import annotations

import hmac

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed
from linli.core.flow import action
from linli.core.numbers import clean_code
from linli.papers.models import TriedAddress
from linli.papers.permissions import may_try_address
from linli.papers.queries import shown_code


@action
def confirm_address(*, actor: Actor, base: str, code: str) -> TriedAddress:
    """Takes the figures that a telephone showed behind the test code: from now on codes that lead there are printed."""
    if not may_try_address(actor):
        raise NotAllowed
    if not hmac.compare_digest(clean_code(code).encode(), shown_code(base).encode()):
        raise BadInput({"code": [_("不是手机上显示的那六位数，请再看一下。")]})
    tried, is_new = TriedAddress.objects.get_or_create(base=base, defaults={"tried_at": actor.now})
    if is_new:
        record_act(actor=actor, verb="address.tried", detail={"base": base})
    return tried
