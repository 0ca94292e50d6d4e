"""Catalogues for tests that read in other languages, and a browser for those that press keys."""

from __future__ import annotations

import os

import pytest
from django.utils import translation

from linli.config.management.commands.prepare import catalogues, compile_catalogue

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues():
    for file in catalogues():
        compile_catalogue(file)
    translation.trans_real.reset_cache(setting="LANGUAGES")
    translation.trans_real._translations.clear()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server):
    """Open an address as somebody with this width, language and text size."""
    contexts = []

    def open_page(way="/", *, width=360, language="zh-hans", large=False, script=True):
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        contexts.append(context)
        context.add_cookies(
            [
                {"name": "language", "value": language, "url": live_server.url},
                {"name": "large", "value": "1" if large else "0", "url": live_server.url},
            ]
        )
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
        page.goto(live_server.url + way)
        return page

    yield open_page
    for context in contexts:
        context.close()
