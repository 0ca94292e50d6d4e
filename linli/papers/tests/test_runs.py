"""Long piles of posters: begun by a press, made by the tick part by part, fetched by whoever began them."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core.actor import system
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.files.models import StoredFile
from linli.papers.actions import TRIES, begin_run, forget_runs, give_up_run, step_run
from linli.papers.clock import forget_papers, make_papers
from linli.papers.models import PrintRun
from linli.papers.prints.posters import AT_ONCE, PARTS, SIZES, Pile
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.tests.conftest import NOW, root
from linli.ui.prints import missing_parts

needs_paper = pytest.mark.skipif(bool(missing_parts()), reason="no paper here")


@pytest.fixture
def many(town):
    """More stairwells than one waits for, and than one part holds."""
    names = [f"{n}单元" for n in range(PARTS["a4"] + 1)]
    return add_places(actor=root(), drafts=[PlaceDraft("stairwell", name, town.place.building) for name in names])


@pytest.fixture
def begun(town, many):
    """A run of one small and one large part."""

    def begin(chosen=many, size="a4", who="desk"):
        pile = Pile(town.place.building, list(chosen), size)
        return begin_run(actor=getattr(town.who, who), pile=pile, base="", own="http://linli.example.cn")

    return begin


def test_long_pile_is_begun_by_a_press_and_a_short_one_is_there_at_once(visit, client, town, many):
    path, choice = f"/posters/{town.place.building.uid}/sheets.pdf", {"kind": "stairwell", "size": "a4"}
    page = visit("desk", path, choice).content.decode()
    assert "一共 61 页，分 2 份" in page
    assert not PrintRun.objects.exists()
    answer = client.post(f"/posters/{town.place.building.uid}/run/", choice, HTTP_HOST="linli.example.cn")
    run = PrintRun.objects.get()
    assert answer.url == f"/papers/runs/{run.uid}/"
    assert (run.total, run.base, run.next_at) == (2, "http://linli.example.cn", NOW)
    assert "0 / 2" in visit("desk", answer.url).content.decode()
    assert answer.url in visit("desk", f"/posters/{town.place.building.uid}/").content.decode()
    empty = client.post(f"/posters/{town.place.building.uid}/run/", {}, HTTP_HOST="linli.example.cn")
    assert empty.status_code == 422


@needs_paper
def test_tick_makes_the_parts_and_only_who_began_it_fetches_them(visit, town, begun, many):
    run = begun(many[: PARTS["a4"] + 1])
    assert make_papers(NOW) == 1
    run.refresh_from_db()
    assert (run.done, run.total) == (1, 2)
    assert make_papers(NOW) == 1
    assert make_papers(NOW) == 0
    page = visit("desk", f"/papers/runs/{run.uid}/").content.decode()
    assert "都做好了" in page
    assert "下载第 61 到 61 页" in page
    assert visit("secretary", f"/papers/runs/{run.uid}/").status_code == 404
    file = visit("desk", page.split('class="cover" href="')[1].split('"')[0])
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    assert "61" in text_of(StoredFile.objects.order_by("pk").last())


def text_of(file):
    """What a PDF says, as its reader takes it."""
    import subprocess

    from linli.files.queries import content_of

    done = subprocess.run(["pdftotext", "-", "-"], input=content_of(file), capture_output=True, check=True)
    return io.BytesIO(done.stdout).read().decode()


def test_run_is_for_those_who_print_here(town, begun):
    with pytest.raises(NotAllowed):
        begun(who="next_desk")
    with pytest.raises(BadInput):
        begun([])
    with pytest.raises(NotAllowed):
        step_run(actor=town.who.desk, run=begun())
    for act in (forget_runs, give_up_run):
        with pytest.raises(NotAllowed):
            act(actor=town.who.desk, **({"run": begun()} if act is give_up_run else {}))


def test_two_ticks_make_no_part_twice_and_a_crash_is_given_up_after_some_tries(town, begun, visit):
    run = begun()
    for crash in range(TRIES):
        PrintRun.objects.filter(pk=run.pk).update(next_at=NOW, tries=crash)
        taken = PrintRun.objects.get(pk=run.pk)
        PrintRun.objects.filter(pk=run.pk).update(next_at=NOW + timedelta(minutes=2), tries=crash + 1)
        with pytest.raises(LostRace):
            step_run(actor=system(NOW), run=taken)
    assert make_papers(NOW + timedelta(minutes=3)) == 0
    run.refresh_from_db()
    assert (run.is_stopped, run.done) == (True, 0)
    assert "没有做成" in visit("desk", f"/papers/runs/{run.uid}/").content.decode()


def test_run_is_forgotten_after_two_days(begun):
    begun()
    assert forget_papers(NOW + timedelta(days=2)) == 0
    assert forget_papers(NOW + timedelta(days=2, seconds=1)) == 1
    assert not PrintRun.objects.exists()


def test_pile_says_how_long_it_is(town, many):
    place = town.place.building
    assert [list(part) for part in Pile(place, many[:3], "a4").parts] == [[0, 1, 2]]
    whole = Pile(place, many * 10, "sticker")
    assert [number for part in whole.parts for number in part] == list(range(610))
    assert not Pile(place, many[:AT_ONCE], "a4").is_long
    assert Pile(place, many[: AT_ONCE + 1], "a4").is_long
    assert not Pile(place, many[: AT_ONCE * SIZES["sticker"]], "sticker").is_long


def test_run_page_asks_as_often_for_many_parts(visit, begun, django_assert_num_queries):
    run = begun()
    PrintRun.objects.filter(pk=run.pk).update(files=["a"])
    visit("desk", f"/papers/runs/{run.uid}/")
    with CaptureQueriesContext(connection) as few:
        visit("desk", f"/papers/runs/{run.uid}/")
    PrintRun.objects.filter(pk=run.pk).update(files=["a", "b"])
    with django_assert_num_queries(len(few)):
        visit("desk", f"/papers/runs/{run.uid}/")
