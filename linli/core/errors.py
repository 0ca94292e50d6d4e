"""What can go wrong, in words for the person who sees it. The web turns each into a page, the API into a body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


class LinliError(Exception):
    """The root of all refusals. ``words`` are for the reader; ``status`` is the HTTP answer."""

    status = 400
    words: Any = _("这一步没有成。请退回上一页再试一次。")

    def __init__(self, words: Any = None) -> None:
        self.words = words if words is not None else type(self).words
        super().__init__(str(self.words))


class NotFound(LinliError):
    """There is nothing here, or nothing that this actor may know of: the two look the same."""

    status = 404
    words = _("这里没有内容，或者您看不到它。请核对编号，或打社区电话询问。")


class NotAllowed(LinliError):
    """The actor may know of the thing, but not do this."""

    status = 403
    words = _("您现在的身份不能做这一步。可以换一个身份，或请有权的人来办。")


class WrongState(LinliError):
    """The move is not in the state table from where the thing stands now."""

    status = 409
    words = _("这件事已经走到别的一步了，请看一下最新情况再决定。")


class LostRace(WrongState):
    """Somebody else did it in the same instant."""

    words = _("刚刚有人先办了这一步。下面是最新情况。")


class BadInput(LinliError):
    """What was typed cannot be taken. ``fields`` maps a field's name to its messages ("" for the whole form)."""

    status = 422
    words = _("有几处要改一下。")

    def __init__(self, fields: Mapping[str, list[Any]] | None = None, words: Any = None) -> None:
        self.fields = dict(fields or {})
        super().__init__(words)


class Busy(LinliError):
    """The store cannot take writes now (full disk, database away)."""

    status = 503
    words = _("系统暂时存不进去。您写的内容还在这部手机上，过一会儿再送一次。")


class TooMany(LinliError):
    """A rate limit was reached."""

    status = 429
    words = _("试得太频繁了。请过几分钟再试。")
