"""No page puts up a barrier: axe finds nothing and nothing scrolls sideways, on a phone, in any language, in any size.

`walk` finds the pages by itself: whatever has a link, or an address without arguments.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import walk
from tests.journeys.conftest import DESK, wear

SMOKE = {
    "Tibetan, large": (1, {"language": "bo", "large": True}),
    "Tibetan": (3, {"language": "bo"}),
    "English": (3, {"language": "en"}),
    "large": (3, {"large": True}),
    "desk": (3, {"size": DESK}),
}
"""Every how many pages are looked at, and in what shape."""
STAFF = ("desk", "secretary", "administrator")
LEFT_OUT = {"patterns-print", "patterns-pdf"}
"""Paper."""
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDEST = """() => [...document.querySelectorAll('main *, header *')]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.scroll, .scroll *'))
  .slice(0, 3).map(each => `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 20)}`).join('; ')"""


def faults_of(page, address, axe=None):
    """What is wrong with a page, in words that say where."""
    answer = page.goto(address)
    faults = [] if answer.status == 200 else [f"{address}: {answer.status}"]
    room, taken = page.viewport_size["width"], page.evaluate("document.documentElement.scrollWidth")
    if taken > room:
        faults.append(f"{address}: {taken} wide in {room}: {page.evaluate(WIDEST)}")
    for found in axe.run(page, options=RULES).response["violations"] if axe else ():
        where = "; ".join(" ".join(node["target"]) for node in found["nodes"][:3])
        faults.append(f"{address}: {found['id']}: {found['help']} ({where})")
    return faults


@pytest.fixture(scope="module")
def found(browser, server):
    """Who opens which page: each page once as a resident and once as staff. {slug: [address]}."""
    pages, seen = {}, set()
    for slug in walk.WALKERS:
        page = browser.new_context(base_url=server.url).new_page()
        if slug:
            wear(page, server, slug)
        for name, address in walk.pages_for(page).items():
            key = (name, slug in STAFF)
            if name not in LEFT_OUT and key not in seen:
                seen.add(key)
                pages.setdefault(slug, []).append(address)
        page.context.close()
    return pages


def test_walker_finds_most_pages(found):
    assert sum(map(len, found.values())) > 60


@pytest.mark.parametrize("slug", walk.WALKERS)
def test_pages_have_no_barriers_on_a_phone(as_role, found, slug, shot):
    page, axe, faults = as_role(slug), Axe(), []
    for address in found.get(slug, ()):
        faults += faults_of(page, address, axe)
        shot(page, f"{slug or 'nobody'}-{walk.name_of(address)}")
    assert not faults, "\n".join(["", f"as {slug or 'nobody'}:", *faults])


@pytest.mark.parametrize("how", SMOKE)
def test_pages_have_no_barriers_otherwise(as_role, found, how):
    """A sample, another one for each shape; axe looks at every fourth page of it."""
    every, shape = SMOKE[how]
    start = list(SMOKE).index(how) % every
    sample = [(slug, address) for slug, addresses in found.items() for address in addresses][start::every]
    faults, pages, axe = [], {}, Axe()
    for number, (slug, address) in enumerate(sample):
        page = pages.get(slug) or pages.setdefault(slug, as_role(slug, **shape))
        faults += faults_of(page, address, axe if number % 4 == 0 else None)
    assert not faults, "\n".join(["", f"{how}:", *faults])
