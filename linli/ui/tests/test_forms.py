"""Fields of our own, and how a form shows what is wrong."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from linli.core.errors import BadInput
from linli.ui.forms import DraftKeyField, PhotosField, Stepper, Tiles, VoiceField, put_refusal


class Report(forms.Form):
    draft_key = DraftKeyField()
    words = forms.CharField(label="话", help_text="一句话")
    photos = PhotosField(label="照片", required=False, most=2, megabytes=1)
    choice = forms.ChoiceField(label="类", widget=Tiles, choices=[("a", "灯\n门口"), ("b", "水<b>")])
    count = forms.IntegerField(label="几个", widget=Stepper(attrs={"min": 0}), initial=2)
    voice = VoiceField()


def _photos(*sizes: int) -> MultiValueDict:
    return MultiValueDict({"photos": [SimpleUploadedFile(f"{n}.jpg", b"x" * size) for n, size in enumerate(sizes)]})


def _report(files: MultiValueDict | None = None, **data: str) -> Report:
    return Report({"draft_key": "K" * 16, "words": "话", "choice": "a", "count": "1", **data}, files or _photos())


def test_photos_field_yields_what_was_sent_without_empty_files():
    form = _report(_photos(3, 0))
    assert form.is_valid(), form.errors
    assert [photo.name for photo in form.cleaned_data["photos"]] == ["0.jpg"]


@pytest.mark.parametrize(("sizes", "words"), [((1, 1, 1), "最多 2 张"), ((2**20 + 1,), "太大了")])
def test_photos_field_says_what_is_too_much(sizes, words):
    form = _report(_photos(*sizes))
    assert words in form.errors["photos"][0]


def test_photos_field_asks_for_one_when_required():
    with pytest.raises(forms.ValidationError, match="至少拍一张"):
        PhotosField().clean([])


def test_draft_key_is_new_for_each_form_and_kept_when_sent_back():
    first, second = Report()["draft_key"].value(), Report()["draft_key"].value()
    assert first != second
    assert len(first) == 16
    assert _report()["draft_key"].value() == "K" * 16


def test_form_ties_hint_and_error_to_the_field():
    drawn = str(_report(words=""))
    assert 'href="#id_words"' in drawn
    assert 'id="id_words_error"' in drawn
    assert 'aria-describedby="id_words_helptext id_words_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_tiles_are_tied_to_their_fault_and_linked_from_the_summary():
    drawn = str(_report(choice=""))
    assert 'href="#id_choice_0"' in drawn
    assert '<fieldset aria-describedby="id_choice_error">' in drawn


def test_tiles_show_the_second_line_small_and_escape_both():
    drawn = str(Report()["choice"])
    assert "灯<small>门口</small>" in drawn
    assert "水&lt;b&gt;" in drawn


def test_voice_field_waits_for_the_script():
    assert "data-needs-script hidden" in Report()["voice"].as_field_group()


def test_stepper_keeps_its_bounds_and_value():
    drawn = str(Report()["count"])
    assert 'min="0"' in drawn
    assert 'value="2"' in drawn
    assert 'id="id_count"' in drawn


def test_put_refusal_shows_what_an_action_refused():
    form = _report()
    assert form.is_valid()
    put_refusal(form, BadInput({"words": ["太长"], "other": ["整个不行"]}))
    assert form.errors["words"] == ["太长"]
    assert form.non_field_errors() == ["整个不行"]


def test_put_refusal_shows_its_words_where_no_field_is_named():
    form = _report()
    put_refusal(form, BadInput(words="过期了"))
    assert form.non_field_errors() == ["过期了"]


def test_fields_say_plainly_what_is_wrong():
    form = _report(words="", count="x", choice="z")
    assert form.errors["words"] == ["这里要填一下。"]
    assert form.errors["count"] == ["请填一个整数。"]
    assert form.errors["choice"] == ["请从列出的里面选一个。"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Please fill this in."), ("bo", "འདིར་འབྲི་རོགས།"), ("zh-hans", "这里要填一下。")]
)
def test_fields_speak_the_readers_language(language, said):
    with translation.override(language):
        assert list(_report(words="").errors["words"]) == [said]
