"""The residents' group: pasted, split, confirmed; and what goes back to it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.desks.rules import building_in, said_in
from linli.desks.templatetags.desk_words import group_lines
from linli.desks.tests.test_desk import page
from linli.files.models import StoredFile
from linli.tickets.models import Ticket

WECHAT = "张三:\n2栋三楼的灯不亮了\n[图片]\n\n李四:\n收到\n\n王五 2026/11/21 09:10\n垃圾堆了三天没人收\n臭得很\n"


@pytest.mark.parametrize(
    ("chat", "said"),
    [
        (WECHAT, ["2栋三楼的灯不亮了", "收到", "垃圾堆了三天没人收\n臭得很"]),
        ("张三: 灯坏了\n李四：垃圾没收", ["灯坏了", "垃圾没收"]),
        ("昨天 21:10\n小美\n水管漏水", ["小美\n水管漏水"]),
        ("2026-11-21 9:10:22 老王(10001)\n门锁坏了", ["门锁坏了"]),
        ("灯坏了", ["灯坏了"]),
        ("[图片]\n\n  \n", []),
    ],
)
def test_chat_is_split_by_speaker_without_names_and_times(chat, said):
    assert said_in(chat) == said


@pytest.mark.parametrize(
    ("words", "number"),
    [("2栋三楼", "2"), ("三号楼", "3"), ("12#", "12"), ("十二幢", "12"), ("二十栋", "20"), ("大门", "")],
)
def test_building_is_read_as_people_write_it(words, number):
    assert building_in(words) == number


def shot():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return SimpleUploadedFile("a.png", out.getvalue(), "image/png")


def pasted(town, client, chat=WECHAT, **more):
    return client.post("/desk/chat/", {"compound": town.place.compound.uid, "chat": chat, **more})


def confirmed(answer, **typed):
    """What the page of drafts would send."""
    context = answer.context
    sent = {"kept": context["kept"], "compound": context["compound"]}
    sent |= {"said-TOTAL_FORMS": len(context["saids"].forms), "said-INITIAL_FORMS": len(context["saids"].forms)}
    for form in context["saids"].forms:
        sent |= {form.add_prefix(name): value for name, value in form.initial.items() if value}
    return sent | typed


def test_paste_becomes_drafts_and_files_nothing_yet(town, enter):
    answer = pasted(town, enter(town.who.desk))
    words = page(answer)
    assert (answer.status_code, Ticket.objects.count()) == (200, 0)
    assert "张三" not in words
    drafts = [form.initial for form in answer.context["saids"].forms]
    assert [each["is_wanted"] for each in drafts] == [True, False, True]
    assert drafts[0]["place"] == town.place.building.uid
    assert drafts[2]["place"] == town.place.compound.uid


def test_ticked_drafts_are_filed_once_with_their_picture(town, enter):
    client = enter(town.who.desk)
    answer = pasted(town, client, uploads=[shot()])
    file = StoredFile.objects.get()
    assert file.draft_until is not None
    sent = confirmed(answer, **{f"picture-{file.uid}-belongs": "0"})
    assert client.post("/desk/chat/", sent).status_code == 200
    client.post("/desk/chat/", sent)
    lamp, rubbish = Ticket.objects.order_by("pk")
    assert (lamp.source, lamp.matter.place, lamp.matter.category_code) == ("chat", town.place.building, "street_light")
    assert (lamp.photos.get().file, rubbish.photos.count(), lamp.reporter_id) == (file, 0, None)
    file.refresh_from_db()
    assert file.draft_until is None


def test_numbers_in_a_draft_are_asked_about_first(town, enter):
    client = enter(town.who.desk)
    sent = confirmed(pasted(town, client, chat="张三:\n灯坏了打13800000001"))
    answer = client.post("/desk/chat/", sent)
    assert (answer.status_code, Ticket.objects.count()) == (422, 0)
    client.post("/desk/chat/", sent | {"said-0-is_guard_seen": "on"})
    assert Ticket.objects.count() == 1


def test_chat_is_the_desks_alone_and_pictures_are_the_clerks_own(town, enter):
    answer = pasted(town, enter(town.who.desk))
    sent = confirmed(answer)
    assert enter(town.who.secretary).post("/desk/chat/", sent).status_code == 404
    assert enter(town.who.next_desk).post("/desk/chat/", sent).status_code == 404
    assert enter(town.who.repairman).get("/desk/chat/").status_code == 403
    assert Ticket.objects.count() == 0


def test_two_lines_for_the_group_follow_each_step(town, settings):
    settings.LINLI_PUBLIC_URL = "https://linli.example.cn"
    ticket = town.dispatched()
    first, second = group_lines(ticket).split("\n")
    assert first == f"【{ticket.matter.title}】已交给人办。"
    assert second.startswith("安和物业在办，最晚 ")
    assert second.endswith(f"看进度：https://linli.example.cn/t/{ticket.matter.uid}/")


def test_group_gets_nothing_of_what_is_not_public(town):
    assert group_lines(town.file(is_secret=True)) == ""
