"""Small helps in the browser: the keyboard on lists, copying, steppers, menus; htmx under the strict policy."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_keys_walk_through_the_lists(visit):
    page = visit("/patterns/", width=1280)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#a"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#b"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#a"
    page.keyboard.press("Enter")
    assert page.url.endswith("#a")


def test_keys_are_left_alone_while_typing(visit):
    page = visit("/patterns/", width=1280)
    page.fill("#id_words", "")
    page.type("#id_words", "jk/m")
    assert page.input_value("#id_words") == "jk/m"


def test_stepper_counts_within_its_bounds(visit):
    page = visit("/patterns/")
    box = page.locator("[data-stepper]").first
    for _press in range(3):
        box.locator("[data-less]").click()
    assert box.locator("input").input_value() == "0"
    box.locator("[data-more]").click()
    assert box.locator("input").input_value() == "1"


def test_menu_closes_with_escape_and_outside(visit):
    page = visit("/patterns/")
    page.click(".choose summary")
    page.keyboard.press("Escape")
    assert not page.locator(".choose").evaluate("menu => menu.open")
    page.click(".choose summary")
    page.click("h1")
    assert not page.locator(".choose").evaluate("menu => menu.open")


def test_copy_says_that_it_copied(visit):
    page = visit("/patterns/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    page.wait_for_selector(".toasts .toast.success")
    assert page.evaluate("navigator.clipboard.readText()") == "XL2D7K"


def test_htmx_runs_under_the_strict_policy(visit):
    page = visit("/patterns/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("htmx.config.includeIndicatorStyles") is False
    assert page.faults == []


def test_without_script_nothing_is_shown_that_needs_it(visit):
    page = visit("/patterns/", script=False)
    for needs in ("[data-record]", "[data-less]", "[data-camera]", "[data-copy]"):
        assert not page.locator(needs).first.is_visible()
    assert page.locator("#id_photos").is_visible()
