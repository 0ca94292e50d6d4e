import json
from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from linli.core.actor import Actor, Grant, system
from linli.core.errors import NotAllowed
from linli.notices import clock
from linli.notices.actions import (
    clear_notices,
    deliver_notices,
    erase_notices,
    expand_notices,
    queue_notices,
    retry_deliveries,
    settle_notices,
)
from linli.notices.held import NOTICES
from linli.notices.models import Delivery, Notice
from linli.notices.queries import deliveries_due, outbox_age, undelivered_visible_to
from linli.notices.rules import LEASE, WAITS, Message
from linli.people.models import Body, Person

from .test_actions import NOW

pytestmark = pytest.mark.django_db
RESIDENT = Actor(now=NOW, account_id=1, account_uid="a" * 32)
ADMINISTRATOR = Actor(now=NOW, account_id=2, account_uid="b" * 32, grants=(Grant("administrator", "everywhere"),))


@pytest.fixture
def sent(settings, tmp_path):
    """What went out, as a function."""
    path = tmp_path / "outbox.jsonl"
    settings.LINLI_SMS = settings.LINLI_MAIL = f"file:{path}"
    return lambda: [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def dolma(**columns):
    words = {"channels": ["inbox", "sms"], "phone": "13800138000", "email": "dolma@example.cn"} | columns
    return Person.objects.create(display_name="卓玛", added_at=NOW, review_on=NOW.date(), **words)


def test_message_goes_to_the_channels_that_the_person_chose(sent):
    queue_notices(actor=system(NOW), messages=[Message("x", "已接单", "今天上门", person_id=dolma().pk)])
    assert clock.deliver_notices(NOW) == 2
    assert [(line["channel"], line["to"], line["title"]) for line in sent()] == [("sms", "13800138000", "已接单")]
    assert clock.deliver_notices(NOW) == 0
    assert len(sent()) == 1


def test_message_to_a_body_goes_to_its_own_robot_and_no_other(settings):
    settings.LINLI_SMS = settings.LINLI_MAIL = settings.LINLI_WEBHOOK = ""
    settings.LINLI_ROBOTS = "安和物业=wecom:https://robot.example.cn/?key=k"
    bodies = [Body.objects.create(name=name, kind="company") for name in ("安和物业", "暖阳物业")]
    queue_notices(
        actor=system(NOW), messages=[Message("x", "路灯交给你们", body_id=body.pk, for_group=True) for body in bodies]
    )
    queue_notices(actor=system(NOW), messages=[Message("x", "2号楼 101 家里的事", body_id=bodies[0].pk)])
    assert expand_notices(actor=system(NOW)) == 3
    assert [(one.channel, one.to) for one in Delivery.objects.all()] == [("robot", "安和物业")]


def test_person_who_wants_the_inbox_alone_gets_nothing_else(sent):
    queue_notices(actor=system(NOW), messages=[Message("x", "y", person_id=dolma(channels=["inbox"]).pk)])
    clock.deliver_notices(NOW)
    assert sent() == []
    assert Notice.objects.get().expanded_at == NOW


def test_settled_messages_stay_in_the_inbox_and_go_to_nobody(sent):
    later = Message("x", "以后", person_id=dolma().pk, not_before=NOW + timedelta(hours=1))
    queue_notices(actor=system(NOW), messages=[Message("x", "已接单", person_id=dolma().pk), later])
    assert settle_notices(actor=system(NOW)) == 1
    assert clock.deliver_notices(NOW) == 0
    assert sent() == []
    assert clock.deliver_notices(NOW + timedelta(hours=1)) == 2


def test_message_at_night_waits_for_the_morning_unless_urgent(sent):
    night = NOW + timedelta(hours=11)
    person = dolma()
    both = [Message("x", "明天停水", person_id=person.pk), Message("x", "马上停气", person_id=person.pk, urgent=True)]
    queue_notices(actor=system(night), messages=both)
    clock.deliver_notices(night)
    assert [line["title"] for line in sent()] == ["马上停气"]
    clock.deliver_notices(night + timedelta(hours=8, minutes=31))
    assert [line["title"] for line in sent()] == ["马上停气", "明天停水"]


def test_message_is_not_sent_before_its_time(sent):
    later = NOW + timedelta(hours=1)
    queue_notices(actor=system(NOW), messages=[Message("x", "y", phone="13800138000", not_before=later)])
    assert clock.deliver_notices(NOW) == 0
    clock.deliver_notices(later)
    assert len(sent()) == 1


def test_sent_delivery_forgets_its_address(sent):
    queue_notices(actor=system(NOW), messages=[Message("x", "y", phone="13800138000")])
    clock.deliver_notices(NOW)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.to, delivery.next_at) == ("SENT", "", None)


def test_crashed_deliverer_loses_its_claim_after_the_lease(sent):
    queue_notices(actor=system(NOW), messages=[Message("x", "y", phone="13800138000")])
    expand_notices(actor=system(NOW))
    taken = Delivery.objects.get()
    Delivery.objects.update(next_at=NOW + LEASE)  # claimed, and its process died
    assert deliver_notices(actor=system(NOW + timedelta(minutes=1))) == 0
    assert deliver_notices(actor=system(NOW + LEASE)) == 1
    assert [(line["uid"], line["attempt"]) for line in sent()] == [(taken.uid, 0)]


def test_failures_wait_longer_then_the_delivery_is_listed_and_tried_again(settings, tmp_path):
    settings.LINLI_SMS = f"file:{tmp_path}"  # a folder cannot be written to
    queue_notices(actor=system(NOW), messages=[Message("x", "y", phone="13800138000")])
    at = NOW
    for wait in WAITS:
        clock.deliver_notices(at)
        assert not deliveries_due(at + wait - timedelta(seconds=1)).exists()
        at += wait
    clock.deliver_notices(at)
    dead = undelivered_visible_to(ADMINISTRATOR).get()
    assert (dead.tries, dead.next_at) == (len(WAITS) + 1, None)
    assert not undelivered_visible_to(RESIDENT).exists()
    with pytest.raises(NotAllowed):
        retry_deliveries(actor=RESIDENT, uids=[dead.uid])
    settings.LINLI_SMS = f"file:{tmp_path / 'outbox.jsonl'}"
    assert retry_deliveries(actor=ADMINISTRATOR, uids=[dead.uid]) == 1
    clock.deliver_notices(NOW)
    assert Delivery.objects.get().state == "SENT"


def test_broken_channel_is_left_alone_for_the_round(settings, tmp_path):
    settings.LINLI_SMS = f"file:{tmp_path}"
    queue_notices(actor=system(NOW), messages=[Message("x", "y", phone=f"1380013800{n}") for n in range(9)])
    expand_notices(actor=system(NOW))
    assert deliver_notices(actor=system(NOW)) == 3


def test_outbox_age_is_how_late_the_oldest_is(sent):
    assert outbox_age(NOW) is None
    queue_notices(actor=system(NOW), messages=[Message("x", "y", phone="13800138000")])
    assert outbox_age(NOW + timedelta(minutes=7)) == 420
    clock.deliver_notices(NOW)
    assert outbox_age(NOW) is None


def test_codes_leave_after_a_day_and_addresses_after_thirty(sent):
    messages = [Message("code", "验证码", "123456", phone="13800138000"), Message("x", "y", phone="13800138000")]
    queue_notices(actor=system(NOW), messages=messages)
    clock.deliver_notices(NOW)
    clock.clear_notices(NOW + timedelta(days=1, seconds=1))
    assert [notice.kind for notice in Notice.objects.all()] == ["x"]
    clock.clear_notices(NOW + timedelta(days=31))
    assert Notice.objects.get().phone == ""
    assert clock.clear_notices(NOW + timedelta(days=31)) == 0
    clock.clear_notices(NOW + timedelta(days=366))
    assert not Notice.objects.exists()


def test_nobody_but_the_clock_delivers():
    assert django_settings.LINLI_WEBHOOK == ""
    for act in (expand_notices, deliver_notices, clear_notices, settle_notices):
        with pytest.raises(NotAllowed):
            act(actor=RESIDENT)
    with pytest.raises(NotAllowed):
        erase_notices(actor=ADMINISTRATOR, person_uid="a" * 32)


def test_messages_to_who_left_are_handed_over_before_and_erased_after(sent):
    person = dolma()
    queue_notices(actor=system(NOW), messages=[Message("x", "已接单", "今天上门", person_id=person.pk)])
    clock.deliver_notices(NOW)
    assert [row["what"] for row in NOTICES.export(person.uid)] == ["已接单"]
    NOTICES.erase(person.uid, system(NOW))
    assert (Notice.objects.count(), Delivery.objects.count(), NOTICES.export(person.uid)) == (0, 0, [])
