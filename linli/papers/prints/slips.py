"""What stands on a household's slip: the home, eight figures, a code to scan, until when. No person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.charters.rules import Words
from linli.papers.prints.paper import Paper, both
from linli.places.models import Place

SLIPS_ON_PAGE = 8


@dataclass(frozen=True, slots=True)
class HomeSlip:
    """One slip."""

    home: str
    home_bo: str
    code: str
    url: str

    @property
    def figures(self) -> str:
        """The eight figures as they are read aloud."""
        return f"{self.code[:4]} {self.code[4:]}"


def slips_of(homes: list[Place], codes: dict[str, list[str]], paper: Paper) -> list[HomeSlip]:
    """The slips in the order of the tree, those of one home together."""
    return [
        HomeSlip(home.label, home.label_bo, code, _url(paper, f"{reverse('home-join')}?code={code}"))
        for home in homes
        for code in codes[home.uid]
    ]


def _url(paper: Paper, path: str) -> str:
    return paper.url(path) or paper.trial_url(path)


def say_slip() -> dict[str, Words]:
    """The sentences on each, in both languages."""
    said: dict[str, Any] = {
        "title": _("入户单"),
        "scan": _("扫一扫，登记您住这里"),
        "type": _("或在登录页选“用入户单进来”，输这八位数字"),
        "once": _("一张用一次。没有写名字，谁住这里谁用。"),
        "free": _("不登记也能反映问题、办事。"),
    }
    return {name: both(words) for name, words in said.items()}
