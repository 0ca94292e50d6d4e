"""What is compared: the same errand done bare, by the baseline, and by Linli."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.server import HELD

FORM = f"csrfmiddlewaretoken={HELD}&"
ITEM = "title=2号楼 公共照明&words=三楼的灯不亮&category=light&phone=13800000000"
REPORT = "words=三楼的灯不亮&category_code=street_light&draft_key={key}"
ACCEPT = "hands=property_staff&cost_yuan=0&households=1"
ROW = 5


@dataclass(frozen=True)
class Errand:
    """One side of a comparison: who asks what."""

    method: str
    paths: tuple[str, ...]
    body: str = ""
    who: str = ""
    is_spent: bool = False
    """Whether each path can be asked once only, because it changes what it names."""


@dataclass(frozen=True)
class Pair:
    """An errand and how many times the baseline's cost it may cost."""

    name: str
    target: float
    ours: Errand
    base: Errand
    bare: Errand
    requests: int = 60
    sides: tuple[str, ...] = field(default=("bare", "base", "ours"))

    def side(self, name: str) -> Errand:
        """The errand of that side."""
        return getattr(self, name)


def headers(cast: dict, who: str) -> dict[str, str]:
    """The cookies of who asks; a stranger has none."""
    return {"Cookie": f"linli_session={cast['tokens'][who]}; csrftoken={HELD}"} if who else {}


def read(name: str, target: float, path: str, base: str, bare: str) -> Pair:
    """A page that is read at the desk."""
    return Pair(
        name, target,
        ours=Errand("GET", (path,), who="desk"),
        base=Errand("GET", (base,), who="desk"),
        bare=Errand("GET", (bare,)),
    )  # fmt: skip


def pairs(cast: dict, uids: list[str]) -> list[Pair]:
    """The comparisons of issue 2 G, in this town; ``uids`` wait at the desk to be accepted."""
    create = Pair(
        "create", 3.0,
        ours=Errand("POST", (f"/p/{cast['tag']}/",), FORM + REPORT + f"&seen={cast['seen']}", "resident"),
        base=Errand("POST", ("/bench/base/create/",), FORM + ITEM, "resident"),
        bare=Errand("POST", ("/bench/bare/create/",), ITEM),
    )  # fmt: skip
    change = Pair(
        "change state", 4.0,
        ours=Errand("POST", tuple(f"/desk/{uid}/accept/" for uid in uids), FORM + ACCEPT, "desk", is_spent=True),
        base=Errand("POST", (f"/bench/base/change/{ROW}/",), FORM + "state=DONE", "desk"),
        bare=Errand("POST", (f"/bench/bare/change/{ROW}/",), "state=DONE"),
        requests=20,
    )  # fmt: skip
    show = Pair(
        "show", 2.0,
        ours=Errand("GET", (f"/t/{cast['mine']}/",), who="resident"),
        base=Errand("GET", (f"/bench/base/show/{ROW}/",), who="resident"),
        bare=Errand("GET", (f"/bench/bare/show/{ROW}/",)),
    )  # fmt: skip
    return [
        create,
        read("list 25", 3.0, "/desk/?tick=1", "/bench/base/list/25/", "/bench/bare/list/25/"),
        read("list 100", 3.5, "/bench/ours/desk/100/?tick=1", "/bench/base/list/100/", "/bench/bare/list/100/"),
        show,
        change,
    ]


def others(uids: list[str]) -> dict[str, Errand]:
    """Pages that have no baseline: they hold several things at once."""
    return {
        "desk, list and report and place": Errand("GET", (f"/desk/{uids[0]}/",), who="desk"),
        "thread": Errand("GET", (f"/matters/{uids[0]}/",), who="desk"),
        "my day": Errand("GET", ("/day/",), who="desk"),
        "search": Errand("GET", ("/search/?q=%E6%A5%BC%E9%81%93",), who="desk"),
        "poster": Errand("GET", ("/p/{tag}/",), who="resident"),
    }
