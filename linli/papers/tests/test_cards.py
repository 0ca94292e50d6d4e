"""The card of what was mended: in public words, for those who work there, and only once it is done."""

from __future__ import annotations

import pytest

from linli.tickets.actions import add_cost, check_ticket


@pytest.fixture
def mended(town):
    """A neighbour's report with her own words, mended for 35 yuan, and looked at."""
    ticket = town.finished(words="张阿姨家门口的灯不亮", reporter_name="张阿姨", reporter_phone="13900010001")
    add_cost(actor=town.who.repairman, ticket=ticket, what="灯泡", amount_fen=3500)
    check_ticket(actor=town.who.grid_worker, ticket=town.again(ticket))
    return town.again(ticket)


def test_card_says_what_where_how_many_and_what_it_cost_and_names_nobody(visit, mended):
    page = visit("desk", f"/papers/fixed/{mended.matter.uid}/").content.decode()
    for words in ("修好了", "路灯、楼道灯不亮", "雪莲苑 2号楼", "35", mended.matter.number, "核对"):
        assert words in page
    for words in ("张阿姨", "13900010001", "换了灯泡"):
        assert words not in page


def test_card_is_for_those_who_work_there(visit, mended):
    at = f"/papers/fixed/{mended.matter.uid}/"
    assert visit("resident", at).status_code == 403
    assert visit("next_desk", at).status_code == 403
    assert visit("captain", at).status_code == 200


def test_card_is_not_there_before_it_is_done_nor_for_what_is_inside_a_home(visit, town):
    running = town.dispatched()
    assert visit("desk", f"/papers/fixed/{running.matter.uid}/").status_code == 404
    home = town.finished(category_code="home_repair", words="水管漏水", reporter_phone="13900010001")
    check_ticket(actor=town.who.grid_worker, ticket=home)
    assert visit("desk", f"/papers/fixed/{home.matter.uid}/").status_code == 404
