"""Residents' pages as WeChat's own browser has them: it opens no file, no second window, pushes nothing."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

WECHAT = (
    "Mozilla/5.0 (Linux; Android 13; M2102J2SC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 "
    "Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64"
)
FORBIDDEN = re.compile(
    r"window\.open|beforeinstallprompt|PushManager|pushManager|Notification\.|serviceWorker\.register|\.download\b"
)


@pytest.fixture
def reported(town, client, poster, key):
    """The receipt's page of a visitor who has just reported something in WeChat."""
    client.defaults["HTTP_USER_AGENT"] = WECHAT
    sent = {"draft_key": key, "words": "三楼的灯不亮", "category_code": "street_light", "seen": "all"}
    answer = client.post(poster, sent, follow=True)
    if not answer.request["PATH_INFO"].startswith("/t/"):
        answer = client.post(poster, sent | {"seen": answer.context["form"]["seen"].value() or ""}, follow=True)
    return answer.request["PATH_INFO"]


def pages(reported, poster):
    own = reported.removesuffix("receipt/")
    return [poster, "/report/", reported, own, "/find/", "/mine/", f"/order/?at={poster.split('/')[2]}"]


def test_resident_pages_need_nothing_that_wechat_lacks(client, reported, poster):
    for address in pages(reported, poster):
        answer = client.get(address)
        words = answer.content.decode()
        assert answer.status_code == 200, address
        assert "attachment" not in answer.get("Content-Disposition", "")
        for lacking in (" target=", " download", 'rel="manifest"', ".pdf", "/slip"):
            assert lacking not in words, f"{address}: {lacking}"
        for script in re.findall(r'<script src="/static/([^"]+)"', words):
            source = finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.js$)", "", script))
            assert source, script
            assert not FORBIDDEN.search(Path(source).read_text(encoding="utf-8")), f"{address}: {script}"


def test_other_browsers_still_print_the_slip(client, reported):
    client.defaults.pop("HTTP_USER_AGENT")
    assert "/slip.pdf" in client.get(reported).content.decode()
