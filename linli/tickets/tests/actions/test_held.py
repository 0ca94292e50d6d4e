from datetime import timedelta

import pytest

from linli.core.errors import NotAllowed
from linli.matters.models import Note, SearchText
from linli.tickets.actions import Answer, Proof, check_ticket, finish_ticket, rate_ticket
from linli.tickets.actions.lapsing import blank_contacts
from linli.tickets.held import HOLDING, export, retain


def closed(town):
    ticket = check_ticket(
        actor=town.who.desk,
        ticket=town.finished(reporter_name="次仁", reporter=town.who.person["resident"], actor=town.who.desk),
    )
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("yes", 5, words="谢谢师傅"))
    return ticket


def test_held_exports_a_persons_own_reports_and_ratings(town):
    closed(town)
    town.file(actor=town.who.neighbour, words="别人的话")
    rows = export(town.who.resident.person_uid)
    assert [(row["words"], row["ratings"][0]["words"]) for row in rows] == [("三楼的灯不亮", "谢谢师傅")]


def test_held_contact_lapses_ninety_days_after_closing_and_words_after_three_years(town):
    ticket = closed(town)
    end = ticket.matter.closed_at
    assert retain(end + timedelta(days=89)) == 0
    assert retain(end + timedelta(days=90)) == 1
    ticket = town.again(ticket)
    assert (ticket.reporter_name, ticket.reporter_id, ticket.receipt_digest, ticket.words) == (
        "",
        None,
        "",
        "三楼的灯不亮",
    )
    assert retain(end + timedelta(days=3 * 365)) == 1
    ticket = town.again(ticket)
    assert (ticket.words, SearchText.objects.get(matter=ticket.matter).inner_tokens) == ("", "")
    assert not Note.objects.exclude(words="").exists()
    assert (ticket.matter.stars, ticket.matter.solved) == (5, "yes")
    assert retain(end + timedelta(days=4 * 365)) == 0


def test_held_is_erased_at_the_persons_wish(town):
    ticket = closed(town)
    HOLDING.erase(town.who.resident.person_uid, town.who.resident)
    ticket = town.again(ticket)
    assert (ticket.words, ticket.reporter_id, ticket.reporter_name) == ("", None, "")
    assert export(town.who.resident.person_uid) == []


def test_held_is_not_erased_by_somebody_else(town):
    closed(town)
    with pytest.raises(NotAllowed):
        HOLDING.erase(town.who.resident.person_uid, town.who.neighbour)
    with pytest.raises(NotAllowed):
        blank_contacts(actor=town.who.secretary, tickets=[])


def test_held_pictures_go_with_the_words(town):
    from linli.files.actions import take_images
    from linli.files.models import StoredFile
    from linli.tickets.tests.actions.test_filing import picture

    taken = take_images(actor=town.who.resident, uploads=[picture()])
    town.file(uploads=taken)
    assert StoredFile.objects.count() == 1
    HOLDING.erase(town.who.resident.person_uid, town.who.resident)
    assert StoredFile.objects.count() == 0


def test_held_open_reports_do_not_lapse(town):
    ticket = finish_ticket(actor=town.who.repairman, ticket=town.dispatched(), proof=Proof("好了"))
    assert retain(ticket.matter.opened_at + timedelta(days=400)) == 0
