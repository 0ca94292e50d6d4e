"""Putting right: shown first, then done; and taking back within half a minute."""

from datetime import timedelta

import pytest

from linli.core.errors import NotAllowed
from linli.desks.actions import rehearse_act
from linli.desks.tests.test_acts import press
from linli.desks.tests.test_desk import page
from linli.matters.models import Entry
from linli.notices.models import Notice
from linli.notices.queries import notices_to_expand
from linli.tickets.actions import dispatch_ticket
from linli.tickets.actions.drafts import Sending
from linli.tickets.models import Assignment
from linli.tickets.tests.conftest import NOW


def acting(town, ticket, act):
    return f"/desk/{ticket.matter.uid}/{act}/"


def test_outcome_is_shown_and_nothing_is_done_yet(town, enter):
    ticket = town.dispatched()
    entries, notices = Entry.objects.count(), Notice.objects.count()
    given = {"category_code": "lift_trap", "note": "是电梯"}
    answer = enter(town.who.desk).post(acting(town, ticket, "reclassify"), given)
    words = page(answer)
    assert "改了以后会这样" in words
    assert answer.context["rehearsal"].before[1] != answer.context["rehearsal"].after[1]
    assert (Entry.objects.count(), Notice.objects.count()) == (entries, notices)
    assert town.again(ticket).matter.category_code == "street_light"
    assert "是电梯" in words


def test_outcome_names_who_is_told_and_what_is_charged(town, enter):
    ticket = town.dispatched()
    client = enter(town.who.desk.at(NOW + timedelta(hours=3)))
    given = {"body": town.body.lift.uid, "note": "是电梯的灯"}
    shown = client.post(acting(town, ticket, "redirect"), given).context["rehearsal"]
    assert set(shown.bodies) == {"安和物业", "迅达电梯"}
    assert (shown.people, shown.charged_minutes > 0) == (1, True)


def test_whoever_changes_a_word_is_shown_the_outcome_anew(town, enter):
    ticket, client = town.dispatched(), enter(town.who.desk)
    given = {"category_code": "greening", "note": "是树"}
    sure = client.post(acting(town, ticket, "reclassify"), given).context["sure"]
    other = {**given, "category_code": "lift_trap", "sure": sure}
    assert client.post(acting(town, ticket, "reclassify"), other).context["rehearsal"]
    assert town.again(ticket).matter.category_code == "street_light"
    assert press(client, acting(town, ticket, "reclassify"), given).status_code == 302


def test_refused_correction_is_said_beside_its_field(town, enter):
    answer = enter(town.who.desk).post(acting(town, town.file(), "relocate"), {"code": "XXXXXX", "note": "错了"})
    assert (answer.status_code, "请选一个地方" in page(answer)) == (422, True)


def sent_out(town, enter, **given):
    ticket = town.file(**given)
    client = enter(town.who.desk)
    client.post(acting(town, ticket, "dispatch"), {"body": town.body.company.uid})
    return ticket, client


def test_step_is_taken_back_before_anybody_is_told(town, enter):
    ticket, client = sent_out(town, enter)
    assert town.again(ticket).matter.state == "DISPATCHED"
    assert not notices_to_expand(NOW).exists()
    assert "撤回" in page(client.get("/desk/"))
    answer = client.post("/desk/take-back/", follow=True)
    again = town.again(ticket)
    assert "撤回了，没有人收到消息" in page(answer)
    assert (again.matter.state, again.matter.holder_body, again.dispatched_at) == ("SUBMITTED", town.body.office, None)
    assert (Notice.objects.count(), Assignment.objects.count()) == (0, 0)
    assert again.matter.step_due_at == ticket.matter.step_due_at
    assert Entry.objects.filter(matter=ticket.matter, verb="ticket.taken_back").count() == 1


def test_notices_leave_after_half_a_minute(town, enter):
    sent_out(town, enter)
    assert notices_to_expand(NOW + timedelta(seconds=30)).count() == Notice.objects.count() > 0


def test_step_cannot_be_taken_back_after_another_step(town, enter):
    ticket, client = sent_out(town, enter)
    dispatch_ticket(actor=town.who.secretary.at(NOW + timedelta(seconds=5)), ticket=town.again(ticket),
                    sending=Sending(town.body.lift))  # fmt: skip
    client.post("/desk/take-back/")
    assert town.again(ticket).matter.holder_body == town.body.lift


def test_step_without_a_cookie_is_not_taken_back(town, enter):
    ticket, client = sent_out(town, enter)
    client.cookies.clear()
    assert "撤不回来" in page(client.post("/desk/take-back/", follow=True))
    assert town.again(ticket).matter.state == "DISPATCHED"


def test_steps_of_the_desk_are_not_next_doors_to_take_back(town, enter):
    ticket, _client = sent_out(town, enter)
    assert enter(town.who.next_desk).post("/desk/take-back/").status_code == 404
    assert town.again(ticket).matter.state == "DISPATCHED"


@pytest.mark.parametrize("who", ["resident", "repairman", "next_desk"])
def test_outcome_is_shown_to_the_desk_alone(town, who):
    done = []
    with pytest.raises(NotAllowed):
        rehearse_act(actor=getattr(town.who, who), ticket=town.dispatched(), run=done.append)
    assert not done
