"""What somebody writes survives a dead line and arrives once. A tiny report desk of our own takes the forms."""

from __future__ import annotations

import io

import pytest
from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path
from PIL import Image

from linli.ui.forms import DraftKeyField, PhotosField, VoiceField

pytestmark = [pytest.mark.browser, pytest.mark.urls("linli.ui.tests.test_drafts")]
DESK = """{% extends "ui/page.html" %}{% block main %}<h1>写一件</h1>
<form method="post" enctype="multipart/form-data" data-draft="report" novalidate>{% csrf_token %}{{ form }}
<button class="btn go">送出</button></form>{% endblock %}"""
DONE = """{% extends "ui/page.html" %}{% block main %}<h1>送到了</h1>{% endblock %}"""
taken: list[dict] = []


class ReportForm(forms.Form):
    draft_key = DraftKeyField()
    words = forms.CharField(label="话", min_length=2)
    photos = PhotosField(label="照片", required=False)
    voice = VoiceField()


def desk(request):
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        voice = kept["voice"].size if kept["voice"] else 0
        if any(one["key"] == kept["draft_key"] for one in taken):
            return HttpResponseRedirect("/done/")
        taken.append({"key": kept["draft_key"], "words": kept["words"], "photos": len(kept["photos"]), "voice": voice})
        return HttpResponseRedirect("/done/")
    return HttpResponse(engines["django"].from_string(DESK).render({"form": form}, request))


def done(request):
    return HttpResponse(engines["django"].from_string(DONE).render({}, request))


urlpatterns = [path("desk/", desk), path("done/", done), path("", include("linli.config.urls"))]


@pytest.fixture(autouse=True)
def _empty_desk():
    taken.clear()


def _photo(size=(2400, 1800)) -> dict:
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, "JPEG", quality=95)
    return {"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_report_is_sent_without_script(visit):
    page = visit("/desk/", script=False)
    page.fill("#id_words", "灯不亮")
    page.click("text=送出")
    assert page.text_content("h1") == "送到了"
    assert [(one["words"], one["photos"]) for one in taken] == [("灯不亮", 0)]


def test_report_with_photo_is_sent_and_its_draft_goes(visit):
    page = visit("/desk/")
    page.fill("#id_words", "灯不亮")
    page.set_input_files("[data-picked]", [_photo()])
    page.wait_for_selector("[data-previews] img")
    page.click("text=送出")
    page.wait_for_url("**/done/")
    assert [(one["words"], one["photos"]) for one in taken] == [("灯不亮", 1)]
    page.goto(page.url.replace("/done/", "/desk/"))
    assert page.input_value("#id_words") == ""
    assert page.faults == []


def test_photos_are_made_small_and_can_be_taken_away(visit):
    page = visit("/desk/")
    page.set_input_files("[data-picked]", [_photo(), _photo((300, 200))])
    page.wait_for_selector("[data-previews] li:nth-child(2) img")
    widths = (
        "Promise.all([...document.querySelector('#id_photos').files].map(f => createImageBitmap(f).then(b => b.width)))"
    )
    assert page.evaluate(widths) == [1600, 300]
    page.click("[data-previews] button >> nth=0")
    assert page.evaluate(widths) == [300]


def test_draft_comes_back_after_a_reload_with_photo_and_key(visit):
    page = visit("/desk/")
    page.fill("#id_words", "写了一半")
    page.set_input_files("[data-picked]", [_photo((300, 200))])
    key = page.input_value("#id_draft_key")
    page.wait_for_selector("text=存在这部手机上")
    page.wait_for_timeout(600)
    page.reload()
    page.wait_for_selector("[data-previews] img")
    assert page.input_value("#id_words") == "写了一半"
    assert page.input_value("#id_draft_key") == key
    page.click("text=清掉")
    page.wait_for_selector("[data-previews] img", state="hidden")
    assert page.input_value("#id_words") == ""


def test_report_waits_for_the_line_and_is_sent_once(visit):
    page = visit("/desk/")
    page.fill("#id_words", "没有信号")
    page.set_input_files("[data-picked]", [_photo((300, 200))])
    page.wait_for_selector("[data-previews] img")
    page.context.set_offline(True)
    page.click("text=送出")
    page.wait_for_selector(".draft.waiting")
    assert "待发送" in page.text_content(".draft")
    assert taken == []
    page.context.set_offline(False)
    page.wait_for_url("**/done/")
    page.wait_for_timeout(500)
    assert [(one["words"], one["photos"]) for one in taken] == [("没有信号", 1)]


def test_waiting_report_goes_out_from_any_page_opened_later(visit):
    page = visit("/desk/")
    page.fill("#id_words", "没有信号")
    page.context.set_offline(True)
    page.click("text=送出")
    page.wait_for_selector(".draft.waiting")
    context, later = page.context, page.url.replace("/desk/", "/done/")
    page.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto(later)
    other.wait_for_selector(".toast.success a[href$='/done/']")
    assert [one["words"] for one in taken] == ["没有信号"]


def test_two_tabs_send_a_waiting_report_once(visit):
    page = visit("/desk/")
    page.fill("#id_words", "没有信号")
    page.context.set_offline(True)
    page.click("text=送出")
    page.wait_for_selector(".draft.waiting")
    other = page.context.new_page()
    page.context.set_offline(False)
    other.goto(page.url)
    other.wait_for_timeout(1000)
    assert len(taken) == 1


def test_refused_report_shows_why_and_keeps_what_was_written(visit):
    page = visit("/desk/")
    page.fill("#id_words", "灯")
    page.set_input_files("[data-picked]", [_photo((300, 200))])
    page.wait_for_selector("[data-previews] img")
    page.click("text=送出")
    page.wait_for_selector(".errors")
    assert page.evaluate("document.activeElement.className") == "errors"
    assert page.input_value("#id_words") == "灯"
    page.fill("#id_words", "灯不亮")
    page.click("text=送出")
    page.wait_for_url("**/done/")
    assert [(one["words"], one["photos"]) for one in taken] == [("灯不亮", 1)]


def test_spoken_minute_is_sent(visit):
    page = visit("/desk/")
    page.context.grant_permissions(["microphone"])
    page.fill("#id_words", "听我说")
    page.click("[data-record]")
    page.wait_for_selector("[data-record][aria-pressed=true]")
    page.wait_for_timeout(700)
    page.click("[data-record]")
    page.wait_for_selector("audio:not([hidden])")
    page.click("text=送出")
    page.wait_for_url("**/done/")
    assert taken[0]["voice"] > 0
