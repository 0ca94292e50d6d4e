import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.files.actions import take_images
from linli.matters.queries import matters_visible_to
from linli.notices.models import Notice
from linli.tickets.actions import Draft, file_tickets
from linli.tickets.models import Ticket
from linli.tickets.queries import ticket_by_receipt

KEY = "k" * 20


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    return SimpleUploadedFile("灯.jpg", out.getvalue(), content_type="image/jpeg")


def draft(town, **more):
    return Draft(**{"place": town.place.building, "words": "三楼的灯不亮", "category_code": "street_light"} | more)


def file(actor, *drafts):
    return file_tickets(actor=actor, drafts=drafts)


def test_file_tickets_of_the_same_draft_is_one_report_and_one_code(town):
    first = file(town.who.resident, draft(town, draft_key=KEY))[0]
    second = file(town.who.resident, draft(town, draft_key=KEY))[0]
    assert (first.ticket.pk, first.code) == (second.ticket.pk, second.code)
    assert (first.is_new, second.is_new, Ticket.objects.count()) == (True, False, 1)


def test_file_tickets_files_the_rest_of_a_batch_that_was_half_known(town):
    file(town.who.resident, draft(town, draft_key=KEY))
    filed = file(town.who.resident, draft(town, draft_key=KEY), draft(town, draft_key="n" * 20))
    assert [one.is_new for one in filed] == [False, True]


def test_file_tickets_without_a_name_gives_a_code_that_opens_it(town):
    nobody = Actor(now=town.clock.now)
    filed = file(nobody, draft(town, category_code="stairs_block"))[0]
    assert filed.ticket.reporter_id is None
    assert ticket_by_receipt(filed.ticket.matter.number, filed.code).pk == filed.ticket.pk
    with pytest.raises(NotFound):
        ticket_by_receipt(filed.ticket.matter.number, "22222222")
    with pytest.raises(NotFound):
        ticket_by_receipt("不存在", filed.code)


def test_file_tickets_of_a_home_needs_somebody_to_ring(town):
    nobody = Actor(now=town.clock.now)
    with pytest.raises(BadInput):
        file(nobody, draft(town, category_code="home_repair"))
    assert file(nobody, draft(town, category_code="home_repair", reporter_phone="138 1234 5678", source="web"))


def test_file_tickets_keeps_only_the_place_of_an_emergency(town):
    who = town.who.resident
    ticket = file(who, draft(town, category_code="emergency_now", words="着火了，我是张三", where="三楼"))[0].ticket
    assert (ticket.words, ticket.where, ticket.reporter_id, ticket.matter.class_code) == ("", "", None, "E0")
    assert ticket.matter.place_id == town.place.building.pk


def test_file_tickets_calls_the_desk_at_once_for_what_is_urgent(town):
    file(town.who.resident, draft(town, category_code="lift_trap"))
    assert Notice.objects.get(body_id=town.body.office.pk).is_urgent


def test_file_tickets_warns_of_numbers_in_the_words_once(town):
    typed = draft(town, words="我身份证11010519491231002X")
    with pytest.raises(BadInput) as refusal:
        file(town.who.resident, typed)
    assert list(refusal.value.fields) == ["words"]
    assert file(town.who.resident, replace(typed, is_guard_seen=True))


def test_file_tickets_asks_once_about_private_words_and_suggests_others(town):
    typed = draft(town, words="三楼藏族老人说灯不亮")
    with pytest.raises(BadInput) as refusal:
        file(town.who.resident, typed)
    assert "三楼老人说灯不亮" in refusal.value.fields["words"][0]
    assert file(town.who.resident, replace(typed, is_guard_seen=True))[0].ticket.words == typed.words


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"words": " \u202e ", "category_code": ""}, "words"),
        ({"words": "长" * 4001}, "words"),
        ({"category_code": "nothing_such"}, "category_code"),
        ({"reporter_phone": "12"}, "reporter_phone"),
        ({"draft_key": "short"}, "draft_key"),
        ({"uploads": [object()] * 10}, "uploads"),
    ],
)
def test_file_tickets_says_what_to_change(town, more, field):
    with pytest.raises(BadInput) as refusal:
        file(town.who.resident, draft(town, **more))
    assert list(refusal.value.fields) == [field]


def test_file_tickets_cleans_words_of_marks_that_turn_writing_round(town):
    ticket = file(town.who.resident, draft(town, words="灯\u202e不\x00亮\r\n三楼"))[0].ticket
    assert ticket.words == "灯不亮\n三楼"


def test_file_tickets_for_others_is_staffs(town):
    told = draft(town, source="phone", reporter_name="卓嘎", reporter_phone="13812345678")
    with pytest.raises(NotAllowed):
        file(town.who.resident, told)
    with pytest.raises(NotAllowed):
        file(town.who.next_desk, told)
    ticket = file(town.who.desk, told)[0].ticket
    assert (ticket.source, ticket.reporter_id, ticket.filed_by_id) == ("phone", None, town.who.desk.person_id)
    assert Notice.objects.get(kind="ticket.filed").phone == "13812345678"


def test_file_tickets_about_the_community_office_goes_to_the_street(town):
    ticket = file(town.who.resident, draft(town, about_body=town.body.office))[0].ticket
    assert (ticket.level, ticket.matter.holder_body_id) == (3, town.body.street.pk)


def test_file_tickets_title_holds_nobodys_words(town):
    ticket = file(town.who.resident, draft(town, words="隔壁老王把灯打坏了"))[0].ticket
    assert "老王" not in f"{ticket.matter.title}{ticket.matter.subject}"
    assert not matters_visible_to(Actor(now=town.clock.now)).filter(title__contains="老王").exists()


def test_file_tickets_with_pictures_stores_them(town):
    taken = take_images(actor=town.who.resident, uploads=[picture()])
    ticket = file(town.who.resident, draft(town, words="", uploads=taken))[0].ticket
    assert [photo.kind for photo in ticket.photos.all()] == ["reported"]


def test_file_tickets_keeps_what_an_earlier_page_stored(town):
    from linli.files.actions import store_images

    kept = store_images(actor=town.who.resident, uploads=[picture()], owner="tickets", is_draft=True)
    ticket = file(town.who.resident, draft(town, words="", kept=kept))[0].ticket
    stored = ticket.photos.get().file
    assert (stored.pk, stored.draft_until) == (kept[0].pk, None)


@pytest.mark.parametrize("category", ["street_light", "lift_trap"])
def test_file_tickets_at_most_nine_statements_inside_and_four_before(town, category):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    place, who = town.place.building, town.who.resident
    file(who, draft(town))
    taken = take_images(actor=who, uploads=[picture()])
    with CaptureQueriesContext(
        connection,
    ) as seen:
        file(who, draft(town, place=place, uploads=taken, draft_key=KEY, category_code=category))
    statements = [one["sql"] for one in seen.captured_queries]
    start = next(at for at, sql in enumerate(statements) if sql.startswith("SAVEPOINT"))
    inside = [sql for sql in statements[start:] if "SAVEPOINT" not in sql]
    assert (len(statements[:start]) <= 4, len(inside) <= 9) == (True, True), statements


def test_file_tickets_counts_its_clock_by_the_channel(town):
    web = file(town.who.resident, draft(town))[0].ticket.matter
    desk = file(town.who.desk, draft(town, source="desk", reporter_name="卓嘎"))[0].ticket.matter
    assert web.step_due_at == town.clock.now + timedelta(hours=2)
    assert desk.step_due_at > web.step_due_at


def test_file_tickets_of_an_errand_shows_its_price_and_skips_the_check(town):
    from linli.tickets.actions import Proof, Sending, accept_ticket, dispatch_ticket, finish_ticket
    from linli.tickets.queries import charter_for

    ticket = town.file()
    orders = charter_for(ticket.matter).orders
    code = next(iter(orders))
    ticket = file(town.who.resident, draft(town, category_code="", words="", order_code=code))[0].ticket
    assert ticket.price_fen == orders[code].price_fen
    accept_ticket(actor=town.who.desk, ticket=ticket)
    dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=Sending(body=town.body.lift))
    finish_ticket(actor=town.who.lift_fitter, ticket=ticket, proof=Proof("办好了"))
    assert ticket.matter.state == "AWAITING_RATING"
