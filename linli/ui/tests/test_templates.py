"""Components: what they take, what they say, and that the pattern page shows them all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from linli.ui.templatetags import words

FOLDER = Path(__file__).parents[1] / "templates" / "ui"
PAGES = {"page", "print", "refusal", "404", "500", "patterns", "patterns_print"}
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def draw(source: str, **context: object) -> str:
    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


def _components() -> set[str]:
    return {file.stem for file in FOLDER.glob("*.html") if file.stem not in PAGES and not file.stem.startswith("_")}


def test_every_component_is_on_the_pattern_page(client):
    shown = {template.name for way in ("/patterns/", "/patterns/print/") for template in client.get(way).templates}
    assert {name for name in _components() if f"ui/{name}.html" not in shown} == set()


def test_every_component_declares_its_own_words():
    """A component without c-vars would take its page's variables by accident."""
    bare = {
        name for name in _components() - {"field", "form"} if "<c-vars" not in (FOLDER / f"{name}.html").read_text()
    }
    assert bare == set()


def test_no_template_holds_inline_script_or_style():
    for file in FOLDER.rglob("*.html"):
        source = file.read_text()
        assert " style=" not in source, file
        assert "<style" not in source, file
        assert "<script>" not in source, file
        assert " onclick" not in source, file


@pytest.mark.parametrize("source", ['<c-card title="{{ words }}">x</c-card>', '<c-card :title="words">x</c-card>'])
def test_component_escapes_what_people_wrote(source):
    drawn = draw(source, words="<b>&")
    assert "<b>&" not in drawn
    assert "&lt;b&gt;&amp;" in drawn


def test_component_does_not_take_its_pages_words():
    assert "page" not in draw("<c-card>x</c-card>", title="page", note="page", href="page")


def test_name_is_masked_unless_shown():
    assert "索朗" not in draw('<c-name name="索朗" />')
    assert "索朗" in draw('<c-name name="索朗" shown="1" />')


@pytest.mark.parametrize(
    ("minutes", "kind", "said"),
    [(180, "soon", "还剩 3 小时"), (-40, "late", "超 40 分钟"), (4320, "wait", "还剩 3 天")],
)
def test_clock_has_shape_word_and_date(minutes, kind, said):
    drawn = draw('<c-clock :due="due" :now="now" />', due=NOON + timedelta(minutes=minutes), now=NOON)
    assert f'class="chip {kind}"' in drawn
    assert said in drawn
    assert "前</time>" in drawn


def test_clock_says_why_it_stands_still():
    assert "先停着：等配件" in draw('<c-clock paused="等配件" />')
    assert "办结" in draw('<c-clock :done="True" />')
    assert "没有期限" in draw("<c-clock />")


def test_beads_say_in_words_what_they_show():
    assert 'aria-label="一共 4 步，到第 2 步"' in draw('<c-beads stations="done now next next" />')
    assert 'aria-label="2 步都走完了"' in draw('<c-beads stations="done done" />')


def test_share_draws_the_bar_and_the_mark():
    drawn = draw('<c-share label="人" part="18" whole="22" mark="2/3" />')
    assert 'width="818"' in drawn
    assert 'x="667"' in drawn
    assert "18 / 22" in drawn


def test_figure_shows_share_with_both_numbers_and_period():
    drawn = draw('<c-figure label="按时" part="110" whole="122" unit="件" period="11月" href="/rows/" />')
    assert "90.16 %" in drawn
    assert "110 / 122 件 · 11月" in drawn
    assert 'href="/rows/"' in drawn


def test_figure_prints_a_dash_for_nothing():
    assert "—" in draw('<c-figure label="按时" part="0" whole="0" />')


def test_bars_have_a_table_behind():
    drawn = draw(
        '<c-bars :rows="rows" caption="多少" />', rows=[{"words": "灯", "value": 4}, {"words": "水", "value": 1}]
    )
    assert 'width="1000"' in drawn
    assert 'width="250"' in drawn
    assert '<th scope="row">水</th><td class="number">1</td>' in drawn


def test_table_marks_number_columns():
    drawn = draw('<c-table caption="表" :head="head" :rows="rows" numbers="2" />', head=["a", "b"], rows=[("x", 1)])
    assert '<td>x</td><td class="number">1</td>' in drawn


def test_tree_picker_gives_links_or_buttons():
    drawn = draw(
        '<c-tree-picker :options="o" name="where" />', o=[{"words": "东", "href": "/e/"}, {"words": "西", "value": "w"}]
    )
    assert 'href="/e/"' in drawn
    assert '<button class="btn" name="where" value="w" formnovalidate>' in drawn


def test_attributes_are_escaped_and_false_ones_left_out():
    assert words.attributes({"a": '"', "b": True, "c": False, "d": None}) == ' a="&quot;" b'


def test_qr_is_svg_without_style():
    drawn = words.qr("https://example.org/m/ABC")
    assert drawn.startswith('<svg role="img"')
    assert "style=" not in drawn


def test_asset_gives_an_address_when_the_manifest_is_missing(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert words.asset("ui/linli.css") == "/static/ui/linli.css"
