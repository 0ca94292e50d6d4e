"""Everybody can read and use it, in three languages and two sizes (ACC-002..004, LNG-001..003)."""

from __future__ import annotations

import re

import pytest


def faults_of(found):
    """What axe found, short enough to read."""
    return [(fault["id"], node["html"][:160]) for fault in found for node in fault["nodes"]]


pytestmark = pytest.mark.browser
EVERYWHERE = [
    (width, language, large) for width in (360, 1280) for language in ("zh-hans", "bo", "en") for large in (0, 1)
]


@pytest.mark.parametrize(("width", "language", "large"), EVERYWHERE)
def test_patterns_have_no_barriers(visit, width, language, large):
    from axe_playwright_python.sync_playwright import Axe

    page = visit("/patterns/", width=width, language=language, large=bool(large))
    found = Axe().run(page).response["violations"]
    assert faults_of(found) == []
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("way", ["/", "/no/such/page/", "/patterns/print/"])
def test_page_shells_have_no_barriers(visit, way):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(visit(way)).response["violations"]
    assert faults_of(found) == []


@pytest.mark.parametrize(("large", "least", "text"), [(False, 44, 17), (True, 60, 24)])
def test_targets_and_text_are_big_enough(visit, large, least, text):
    page = visit("/patterns/", large=large)
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == text
    small = page.evaluate(
        """least => [...document.querySelectorAll(`main .btn, main select, main textarea,
        main input:is([type=text],[type=tel],[type=number],[type=date]), .switches button, .tiles label`)]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < least).map(one => one.outerHTML)""",
        least,
    )
    assert small == []


def test_tibetan_is_larger_and_has_room(visit):
    page = visit("/patterns/", language="bo")
    size, height = page.evaluate(
        "(s => [parseFloat(s.fontSize), parseFloat(s.lineHeight)])(getComputedStyle(document.body))"
    )
    assert size == pytest.approx(17 * 1.25)
    assert height == pytest.approx(size * 1.9)


def test_tibetan_font_comes_only_with_tibetan_pages(visit):
    fonts = """() => performance.getEntriesByType('resource').filter(one => one.name.endsWith('.woff2')).length"""
    for language, expected in (("zh-hans", 0), ("bo", 1)):
        page = visit("/patterns/", language=language)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(fonts) == expected


def test_switches_work_without_script(visit):
    page = visit("/patterns/", script=False)
    page.click("header.top >> nth=0 >> button[name=large]")
    assert page.get_attribute("html", "class") == "large"
    page.click("header.top >> nth=0 >> button[lang=en]")
    assert page.get_attribute("html", "lang") == "en"
    assert re.search(r"/patterns/$", page.url)


def test_page_reads_at_400_percent(visit):
    assert visit("/patterns/", width=320).evaluate("document.documentElement.scrollWidth") <= 320


def test_contrast_of_tokens():
    from pathlib import Path

    css = (Path(__file__).parents[1] / "static/ui/linli.css").read_text()
    token = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", css))

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one, other):
        high, low = sorted((light(token[one]), light(token[other])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for ink, ground in (("ink", "paper"), ("soft", "paper"), ("soft", "line"), ("vermilion", "paper")):
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    for name in ("jade", "amber", "red", "mist"):
        assert contrast(name, f"{name}-tint") >= 4.5, name
    assert contrast("edge", "paper") >= 3
