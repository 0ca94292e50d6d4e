"""The sheet of a report and the day's list: for whom, with what on them, and what never stands on paper."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from linli.audit.actions import seal_records
from linli.audit.models import Seal
from linli.core.actor import system
from linli.files.actions import take_images
from linli.matters.rules.clocks import urgency
from linli.papers.permissions import may_print_ticket
from linli.papers.prints.today import SECTIONS, spaced
from linli.tickets.actions import add_cost, claim_ticket, note_ticket
from linli.ui.prints import missing_parts


def sheet(ticket, kind=""):
    return f"/papers/tickets/{ticket.matter.uid}/{kind}"


def text(answer):
    return answer.content.decode()


def test_sheet_says_what_where_by_when_and_leaves_lines(visit, town):
    ticket = town.dispatched(where="三楼拐角")
    page = text(visit("repairman", sheet(ticket)))
    for words in (
        ticket.matter.number,
        "雪莲苑 2号楼",
        "路灯、楼道灯不亮",
        "三楼的灯不亮",
        "三楼拐角",
        "安和物业",
        "12345",
    ):
        assert words in page
    for words in ("最晚", "材料、人工", "核对的人", town.place.building.tag):
        assert words in page
    assert 'class="blank"' in page


def test_sheet_never_bears_a_telephone_number_nor_the_whole_name(visit, town):
    ticket = town.dispatched(actor=town.who.desk, source="phone", reporter_name="欧珠", reporter_phone="13900010001")
    for who in ("desk", "secretary", "repairman"):
        page = text(visit(who, sheet(ticket)))
        assert "13900010001" not in page.replace(" ", "")
        assert "欧珠" not in page
        assert "欧*" in page


def test_sheet_keeps_a_secret_reporter_from_the_unit(visit, town):
    ticket = town.dispatched(actor=town.who.desk, source="phone", reporter_name="欧珠", is_secret=True)
    assert "欧*" not in text(visit("repairman", sheet(ticket)))
    assert "欧*" in text(visit("desk", sheet(ticket)))


def test_sheet_prints_no_notes_of_colleagues(visit, town):
    ticket = town.dispatched()
    note_ticket(actor=town.who.desk, ticket=ticket, words="住户脾气不好")
    assert "脾气" not in text(visit("desk", sheet(ticket)))


@pytest.mark.parametrize("who", ["stranger", "next_desk", "neighbour", "lift_fitter"])
def test_sheet_of_a_home_is_unknown_to_outsiders(visit, town, who):
    ticket = town.dispatched(category_code="home_repair", words="密码锁8812")
    for kind in ("", "sheet.pdf"):
        assert visit(who, sheet(ticket, kind)).status_code == 404


def test_sheet_of_a_public_report_is_not_for_who_may_not_read_its_words(visit, town):
    ticket = town.dispatched()
    assert visit("neighbour", sheet(ticket)).status_code == 403
    assert visit("resident", sheet(ticket)).status_code == 403
    assert visit("next_desk", sheet(ticket)).status_code == 403


def test_sheet_of_a_report_about_a_unit_is_not_for_that_unit(town):
    ticket = town.file(about_body=town.body.company)
    assert not may_print_ticket(town.who.manager, ticket)
    assert may_print_ticket(town.who.desk, ticket)


def test_sheet_carries_its_pictures_and_costs_within_itself(visit, town):
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(drawn, "PNG")
    upload = SimpleUploadedFile("lamp.png", drawn.getvalue(), "image/png")
    uploads = take_images(actor=town.who.desk, uploads=[upload])
    ticket = town.dispatched(actor=town.who.desk, uploads=uploads)
    add_cost(actor=town.who.repairman, ticket=ticket, what="灯泡", amount_fen=1250)
    page = text(visit("repairman", sheet(ticket)))
    assert "data:image/jpeg;base64," in page
    assert "灯泡" in page
    assert "12.50" in page


def test_sheet_has_no_code_where_no_telephone_reaches_it(visit, town):
    ticket = town.dispatched()
    assert "<svg" not in text(visit("repairman", sheet(ticket), host="localhost:8000"))
    assert "<svg" in text(visit("repairman", sheet(ticket)))


def test_today_holds_what_our_body_has_most_urgent_first(visit, town):
    claimed = town.dispatched(words="小树倒了", category_code="greening")
    town.dispatched(words="电梯又停了", category_code="lift")
    claim_ticket(actor=town.who.repairman, ticket=town.again(claimed))
    town.dispatched(words="别家的活", body=town.body.lift)
    town.finished(words="已经办好")
    page = text(visit("manager", "/papers/today/"))
    assert page.index("电梯又停了") < page.index("小树倒了")
    assert "别家的活" not in page
    assert text(visit("lift_fitter", "/papers/today/")).count('class="tick"') == 1


def test_today_of_a_captain_is_not_all_that_the_office_has(visit, town):
    town.file(words="社区要定的事")
    assert "社区要定的事" in text(visit("desk", "/papers/today/"))
    assert "社区要定的事" not in text(visit("captain", "/papers/today/"))
    assert "社区要定的事" not in text(visit("grid_worker", "/papers/today/"))


def test_today_names_who_claimed_it_and_no_reporter(visit, town):
    ticket = town.dispatched(actor=town.who.desk, source="phone", reporter_name="欧珠", reporter_phone="13900010001")
    claim_ticket(actor=town.who.repairman, ticket=town.again(ticket))
    page = text(visit("repairman", "/papers/today/"))
    assert town.who.repairman.name in page
    assert "欧珠" not in page
    assert "1390001" not in page


def test_today_bears_the_end_of_the_audits_chain(visit, town):
    assert "还没有封存" in text(visit("desk", "/papers/today/"))
    seal_records(actor=system(town.clock.now + timedelta(days=1)))
    head = Seal.objects.filter(community=town.place.community.code).latest("number").head
    assert spaced(head[-16:]) in text(visit("desk", "/papers/today/"))


@pytest.mark.parametrize("who", ["resident", "stranger", "neighbour"])
def test_today_is_not_for_residents(visit, town, who):
    assert visit(who, "/papers/today/").status_code == 403
    assert visit(who, "/papers/today.pdf").status_code == 403


def test_today_asks_as_often_for_many_rows(visit, town):
    def asked():
        with CaptureQueriesContext(connection) as asked:
            visit("desk", "/papers/today/")
        return len(asked)

    town.file()
    visit("desk", "/papers/today/")
    one = asked()
    for _ in range(30):
        town.file()
    assert asked() == one


def test_today_puts_each_row_under_its_urgency(visit, town):
    matter = town.dispatched().matter
    sections = visit("manager", "/papers/today/").context["sections"]
    expected = SECTIONS[urgency(matter.urgent_at, "open", town.clock.now)]
    assert [section.words for section in sections] == [expected]


def test_sheet_and_list_become_pdf_with_number_and_pages(visit, town):
    if missing_parts() or not shutil.which("pdftotext"):
        pytest.skip(f"no paper here, or no poppler to read it: {missing_parts()}")
    ticket = town.dispatched()
    for path, words in ((sheet(ticket, "sheet.pdf"), ticket.matter.number), ("/papers/today.pdf", "1/1")):
        answer = visit("repairman", path)
        assert answer.content.startswith(b"%PDF-")
        told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.content, capture_output=True, check=True)
        assert words in told.stdout.decode().replace(" ", "")


def test_pages_of_those_who_do_it_lead_to_their_paper(visit, town):
    ticket = town.dispatched()
    for who, list_page, page in (("desk", "/desk/", "/desk/%s/"), ("repairman", "/work/", "/work/%s/")):
        assert sheet(ticket) in text(visit(who, page % ticket.matter.uid))
        lists = text(visit(who, f"{list_page}?show=all"))
        for path in ("/papers/today/", "/posters/"):
            assert path in lists
            assert visit(who, path).status_code in (200, 302)
